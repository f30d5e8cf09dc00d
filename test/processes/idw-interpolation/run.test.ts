import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/idw-interpolation/process.ts';
import { run } from '../../../processes/idw-interpolation/run.ts';
import { pointLayer, pointSurfaces } from '../support/points.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { assertSameGrid, assertSamePixels } from '../support/raster-assertions.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { catchRefusal } from '../support/refusal.ts';

const { computeResult } = rasterProcess(process, run);
const place = { resolution: 1, extent: { bbox: [0, 0, 6, 4] } };
const valueField = 'value';

describe('the surface', () => {
  const { grid, cases, inputs } = pointSurfaces();
  for (const { power, radius, values } of cases.idw) {
    it(`is that of numpy: power ${power}, ${radius ? `within ${radius}` : 'of all points'}`, async () => {
      const within = radius ? { radius } : {};
      const actual = await computeResult({ ...inputs, valueField, power, ...within });
      assertSameGrid(actual, grid);
      assert.deepEqual([actual.dataType, actual.nodata, actual.crs], ['float32', -9999, 'EPSG:32632']);
      assertSamePixels(actual.bands[0]!, values, 1e-6);
    });
  }

  for (const radius of [undefined, 180, 250])
    it(`takes the shorter way round the globe: ${radius ? `within ${radius} degrees` : 'of all points'}`, async () => {
      const features = pointLayer([
        { at: [179, 0], properties: { value: 10 } },
        { at: [-91, 0], properties: { value: 0 } },
      ]);
      const { bands } = await computeResult({
        features,
        valueField,
        ...(radius && { radius }),
        resolution: 2,
        extent: { bbox: [-180, -1, 180, 1] },
      });
      // The centre of the first pixel is at -179: 2 degrees from one point, 88 from the other. 10 / 4 / (1 / 4 + 1 / 7744)
      assert.equal(bands[0]![0]?.toFixed(5), '9.99484');
      // That of the last is where the first point is, that before it 2 degrees west of it and 92 from the other: 10 / 4 / (1 / 4 + 1 / 8464).
      assert.equal(bands[0]!.at(-2)?.toFixed(5), '9.99528');
    });

  it('lies between the least and the greatest value, for any power', async () => {
    const point = fc.record({
      at: fc
        .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }))
        .map(([x, y]) => [x / 10, y / 10]),
      properties: fc.record({ value: fc.integer({ min: -50, max: 50 }) }),
    });
    const power = fc.constantFrom(0.01, 1, 2, 3, 1000);
    await fc.assert(
      fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 8 }), power, async (points, chosen) => {
        const { bands } = await computeResult({
          features: pointLayer(points),
          valueField,
          power: chosen,
          ...place,
        });
        const values = points.map(({ properties }) => properties.value);
        const [least, most] = [Math.min(...values) - 1e-5, Math.max(...values) + 1e-5];
        for (const value of bands[0]!)
          assert.ok(value !== null && value >= least && value <= most, `${value}`);
      }),
      { numRuns: 30 },
    );
  });

  it('has the value of a point at the centre of a pixel, of several the first', async () => {
    const features = pointLayer([
      { at: [0, 0], properties: { value: 100 } },
      { at: [2.5, 1.5], properties: { value: 7 } },
      { at: [2.5, 1.5], properties: { value: 9 } },
    ]);
    for (const power of [0.5, 2, 3]) {
      assert.equal((await computeResult({ features, valueField, power, ...place })).bands[0]![2 * 6 + 2], 7);
    }
  });

  it('counts integers beyond 2^53, which files may have, as the nearest number', async () => {
    const features = pointLayer([{ at: [0.5, 3.5], properties: { value: 2n ** 60n } }]);
    const { bands } = await computeResult({ features, valueField, radius: 1, ...place });
    assert.equal(bands[0]![0], 2 ** 60);
  });

  it('is missing where no point is near, and everywhere without points', async () => {
    const features = pointLayer([
      { at: [0.5, 3.5], properties: { value: 4 } },
      { at: [5.5, 0.5], properties: { value: null } },
      { at: null, properties: { value: 5 } },
    ]);
    const { bands } = await computeResult({ features, valueField, radius: 1, ...place });
    const expected = new Array(24).fill(null);
    for (const index of [0, 1, 6]) expected[index] = 4;
    assert.deepEqual(bands[0], expected);
    const none = await computeResult({ features: pointLayer([]), valueField, ...place });
    assert.deepEqual(none.bands[0], new Array(24).fill(null));
  });
});

describe('what is wrong', () => {
  it('is refused with its place', async () => {
    const features = pointLayer([{ at: [1, 1], properties: { value: 1, name: 'x' } }]);
    const refused = (inputs: object) =>
      catchRefusal(computeResult({ features, valueField, ...place, ...inputs }));
    assert.match(await refused({ valueField: 'height' }), /^400 \/inputs\/valueField names .*"height"/);
    assert.match(
      await refused({ valueField: 'name' }),
      /^400 \/inputs\/valueField .*interpolation needs numbers/,
    );
    assert.match(await refused({ power: 0 }), /^400 \/inputs\/power/);
    assert.match(await refused({ radius: -1 }), /^400 \/inputs\/radius/);
    assert.match(await refused({ crs: 'EPSG:0' }), /^400 \/inputs\/crs/);
  });

  it('is refused: more points and pixels than can be computed', async () => {
    const features = pointLayer(
      Array.from({ length: 1000 }, (_, index) => ({ at: [index % 6, index % 4], properties: { value: 1 } })),
    );
    assert.match(
      await catchRefusal(computeResult({ features, valueField, ...place, resolution: 0.0006 })),
      /^413 \/inputs\/radius There are 6\d{10} pairs/,
    );
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const missing = [];
    for (const { request } of process.examples) {
      const { bands } = await computeResult(request.inputs);
      missing.push(bands[0]!.filter((value) => value === null).length > 0);
    }
    assert.deepEqual(missing, [false, true]);
  });
});
