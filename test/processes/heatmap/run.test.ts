import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/heatmap/process.ts';
import { run } from '../../../processes/heatmap/run.ts';
import { execute } from '../support/execute.ts';
import { pointLayer, pointSurfaces } from '../support/points.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { assertSameGrid, assertSamePixels } from '../support/raster-assertions.ts';
import { rasterInput, rasterProcess } from '../support/raster-process.ts';
import { catchRefusal } from '../support/refusal.ts';

const { computeResult } = rasterProcess(process, run);
const place = { resolution: 1, extent: { bbox: [0, 0, 6, 4] } };

describe('the density', () => {
  const { grid, cases, inputs } = pointSurfaces();
  for (const { kernel, radius, weighted, values } of cases.heatmap) {
    it(`is that of numpy: ${kernel} within ${radius}${weighted ? ', weighted' : ''}`, async () => {
      const weight = weighted ? { weightField: 'value' } : {};
      const actual = await computeResult({ ...inputs, kernel, radius, ...weight });
      assertSameGrid(actual, grid);
      assert.deepEqual([actual.dataType, actual.nodata, actual.crs], ['float32', undefined, 'EPSG:32632']);
      assertSamePixels(actual.bands[0]!, values, 1e-6);
    });
  }

  it('adds up: that of all points is the sum of those of some and of the others', async () => {
    const point = fc.tuple(fc.integer({ min: -10, max: 70 }), fc.integer({ min: -10, max: 50 }));
    const layer = (points: readonly (readonly [number, number])[]) =>
      pointLayer(points.map(([x, y]) => ({ at: [x / 10, y / 10] })));
    const points = fc.array(point, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(points, points, async (some, others) => {
        const [all, one, other] = await Promise.all(
          [[...some, ...others], some, others].map((each) =>
            computeResult({ features: layer(each), radius: 2.3, ...place }),
          ),
        );
        const sum = one!.bands[0]!.map((value, index) => value! + other!.bands[0]![index]!);
        assertSamePixels(all!.bands[0]!, sum, 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('is that of the mirrored points on the mirrored grid', async () => {
    const at = [1.3, 2.2];
    const actual = await computeResult({ features: pointLayer([{ at }]), radius: 3, ...place });
    const mirrored = await computeResult({
      features: pointLayer([{ at: [6 - 1.3, 2.2] }]),
      radius: 3,
      ...place,
    });
    const rows = Array.from({ length: 4 }, (_, row) =>
      mirrored.bands[0]!.slice(row * 6, row * 6 + 6).reverse(),
    );
    assertSamePixels(actual.bands[0]!, rows.flat(), 1e-6);
  });

  it('is 0 without points, and where weights and geometries are null', async () => {
    const zeros = new Array(24).fill(0);
    assert.deepEqual(
      (await computeResult({ features: pointLayer([]), radius: 1, ...place })).bands[0],
      zeros,
    );
    const features = pointLayer([
      { at: [1, 1], properties: { w: null } },
      { at: [2, 2] },
      { at: null, properties: { w: 3 } },
    ]);
    assert.deepEqual(
      (await computeResult({ features, radius: 1, weightField: 'w', ...place })).bands[0],
      zeros,
    );
  });
});

describe('the grid', () => {
  it('is that of a template, whatever else is given', async () => {
    const { inputs } = pointSurfaces();
    const { outputs } = await execute(process, run, {
      inputs: { ...inputs, radius: 100 },
    });
    const template = rasterInput(Buffer.from(outputs['result'] as Uint8Array).toString('base64'));
    const [asked, taken] = [
      await computeResult({ ...inputs, radius: 50 }),
      await computeResult({ features: inputs.features, template, resolution: 7, radius: 50 }),
    ];
    assertSameGrid(taken, { ...asked });
    assert.deepEqual(taken.bands, asked.bands);
  });

  it('lies over the bounds of the features without an extent, and has a pixel at least', async () => {
    const features = pointLayer([{ at: [1, 1] }, { at: [3.5, 2] }]);
    assertSameGrid(await computeResult({ features, radius: 1, resolution: 1 }), {
      width: 3,
      height: 1,
      transform: [1, 1, 0, 2, 0, -1],
    });
    const one = await computeResult({ features: pointLayer([{ at: [1, 1] }]), radius: 1, resolution: 0.5 });
    assert.deepEqual([one.width, one.height], [1, 1]);
  });

  it('may cross the antimeridian', async () => {
    const extent = { bbox: [178, -2, -178, 2] };
    const actual = await computeResult({
      features: pointLayer([{ at: [-179.5, 0.5] }]),
      radius: 0.5,
      kernel: 'uniform',
      resolution: 1,
      extent,
    });
    assert.deepEqual([actual.width, actual.height], [4, 4]);
    assert.deepEqual(
      actual.bands[0]!.flatMap((value, index) => (value ? [[index, value]] : [])),
      [[6, 0.5]],
    );
  });

  it('is refused where the inputs give none, or one too large', async () => {
    const features = pointLayer([]);
    assert.match(
      await catchRefusal(computeResult({ features, radius: 1, resolution: 1 })),
      /^400 \/inputs\/extent /,
    );
    assert.match(
      await catchRefusal(computeResult({ features, radius: 1, extent: place.extent })),
      /^400 \/inputs\/resolution is required unless "template" is given/,
    );
    assert.match(
      await catchRefusal(computeResult({ features, radius: 1, ...place, resolution: 1e-4 })),
      /^413 \/inputs\/resolution 2400000000 pixels would be written/,
    );
  });
});

describe('what is wrong', () => {
  it('is refused with its place', async () => {
    const features = pointLayer([{ at: [1, 1], properties: { w: 'x' } }]);
    const refused = (inputs: object) =>
      catchRefusal(computeResult({ features, radius: 1, ...place, ...inputs }));
    assert.match(await refused({ weightField: 'v' }), /^400 \/inputs\/weightField names the property "v"/);
    assert.match(
      await refused({ weightField: 'w' }),
      /^400 \/inputs\/weightField .*"x" in feature 0; a weight/,
    );
    assert.match(await refused({ radius: 0 }), /^400 \/inputs\/radius/);
    assert.match(await refused({ kernel: 'gauss' }), /^400 \/inputs\/kernel/);
    const line = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    };
    assert.match(await refused({ features: line }), /^400 \/inputs\/features must be a Point or MultiPoint/);
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    for (const { request } of process.examples) {
      const { bands } = await computeResult(request.inputs);
      assert.ok(Math.max(...bands[0]!.map((value) => value!)) > 5);
    }
  });
});
