import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, LineString } from 'geojson';
import { InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import process from '../../../processes/contour/process.ts';
import { run } from '../../../processes/contour/run.ts';
import { bytesSource, makeRunContext } from '../../geo/formats/support.ts';
import { crsFrom } from '../../support/crs.ts';
import { type ExecuteOptions, execute } from '../support/execute.ts';
import { rasterValue } from '../support/raster-value.ts';

/** Rises by 10 per column; the last pixel is missing. */
const slope = await rasterValue({
  width: 4,
  height: 3,
  dataType: 'float32',
  nodata: -9999,
  bands: [
    Float32Array.of(0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, -9999),
    Float32Array.from({ length: 12 }, (_, index) => 100 * Math.floor(index / 4)),
  ],
});

const contour = async (inputs: object, options: ExecuteOptions = {}) => {
  const { outputs, logged } = await execute(process, run, { inputs: { raster: slope, ...inputs } }, options);
  return { ...(outputs['result'] as FeatureCollection<LineString>), logged };
};
const catchFaults = async (inputs: object): Promise<string> => {
  const error = await contour(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
};
const rounded = (line: LineString) =>
  line.coordinates.map((position) => position.map((value) => Number(value.toFixed(9))));

describe('contour lines', () => {
  it('run through the centres of pixels in the coordinates of the raster, from low to high', async () => {
    const { features } = await contour({ interval: 12 });
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [{ value: 12 }, { value: 24 }],
    );
    const [low, high] = features.map(({ geometry }) => rounded(geometry));
    assert.deepEqual(low, [
      [5.017, 51.995],
      [5.017, 51.985],
      [5.017, 51.975],
    ]);
    assert.deepEqual(high, [
      [5.029, 51.995],
      [5.029, 51.985],
    ]);
  });

  it('begin at the base', async () => {
    const values = async (inputs: object) =>
      (await contour(inputs)).features.map(({ properties }) => properties?.['value']);
    assert.deepEqual(await values({ interval: 10, base: 5 }), [5, 15, 25]);
    assert.deepEqual(await values({ interval: 100, base: -299.5 }), [0.5]);
  });

  it('run at the levels given, each once', async () => {
    const { features } = await contour({ levels: [25, 1, 1, 99], fieldName: 'height' });
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [{ height: 1 }, { height: 25 }],
    );
  });

  it('may be those of another band', async () => {
    const { features } = await contour({ levels: [50], band: 2 });
    // That band has no place marked as missing.
    assert.equal(features[0]!.geometry.coordinates.length, 4);
  });

  it('may be none', async () => {
    assert.deepEqual((await contour({ levels: [-1] })).features, []);
  });

  it('are written in the CRS of the raster in formats that have one', async () => {
    const raster = await rasterValue({
      width: 2,
      height: 2,
      transform: [643_800, 10, 0, 5_773_900, 0, -10],
      crs: crsFrom('EPSG:32631'),
      dataType: 'uint8',
      bands: [Uint8Array.of(0, 2, 0, 2)],
    });
    const { outputs } = await execute(process, run, {
      inputs: { raster, interval: 1, base: 0.5 },
      outputs: { result: { format: { mediaType: MediaType.flatgeobuf } } },
    });
    const layer = await readLayer(
      bytesSource(outputs['result'] as Uint8Array, { mediaType: MediaType.flatgeobuf }),
      makeRunContext(process),
    );
    assert.equal(layer.crs.name, 'EPSG:32631');
    const [line] = layer.features.map(({ geometry }) => (geometry as LineString).coordinates);
    assert.deepEqual(line?.[0], [643_807.5, 5_773_895]);
  });

  it('of a raster without a CRS are taken as CRS84, and the log says so', async () => {
    const raster = await rasterValue({
      width: 2,
      height: 2,
      crs: undefined,
      dataType: 'uint8',
      bands: [Uint8Array.of(0, 2, 0, 2)],
    });
    const { features, logged } = await contour({ raster, levels: [1] });
    assert.deepEqual(rounded(features[0]!.geometry), [
      [5.01, 51.995],
      [5.01, 51.985],
    ]);
    assert.match(logged.join(), /has no CRS; its coordinates are assumed to be in CRS84/);
  });
});

describe('what cannot be traced is refused', () => {
  it('levels and intervals that are missing, or both given', async () => {
    assert.match(await catchFaults({}), /^\/inputs\/interval: is required unless "levels" is given/);
    assert.match(await catchFaults({ interval: 1, levels: [1] }), /^\/inputs\/levels: .*give one/);
    assert.match(await catchFaults({ interval: 0 }), /^\/inputs\/interval: /);
    assert.match(await catchFaults({ levels: [] }), /^\/inputs\/levels: /);
  });

  it('bands that the raster does not have', async () => {
    assert.match(await catchFaults({ interval: 1, band: 3 }), /^\/inputs\/band: is 3, but/);
  });

  it('intervals that would give too many lines', async () => {
    await assert.rejects(contour({ interval: 1e-9 }), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.message, /more than 5000000 vertices.*fewer levels/);
      return true;
    });
  });
});

it('can be stopped', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await assert.rejects(contour({ interval: 1 }, { signal: controller.signal }), /enough/);
});

describe('the examples', () => {
  for (const { title, request } of process.examples) {
    it(title, async () => {
      const { outputs } = await execute(process, run, request);
      const { features } = outputs['result'] as FeatureCollection<LineString>;
      assert.ok(features.length > 1);
      for (const { geometry } of features)
        assert.ok(geometry.coordinates.every(([x = 0, y = 0]) => x > 5.07 && x < 5.08 && y > 52 && y < 52.1));
    });
  }
});
