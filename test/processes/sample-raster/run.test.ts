import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection } from 'geojson';
import { crs84 } from '../../../geo/crs/crs.ts';
import process from '../../../processes/sample-raster/process.ts';
import { run } from '../../../processes/sample-raster/run.ts';
import { execute } from '../support/execute.ts';
import { collection, feature, layerProcess, line, point } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';
import { itRunsItsExamples } from '../support/process-runs.ts';
import { makeRaster, rasterInput } from '../support/raster-process.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);
const numpy = oracle('sample_raster');
const raster = rasterInput(numpy.raster);
const points = collection(
  ...numpy.points.map(([x, y]: [number, number], index: number) => feature(point(x, y), { index }, index)),
);

describe('values at points', () => {
  for (const { interpolation, expected } of numpy.cases) {
    it(`are those of NumPy: ${interpolation}`, async () => {
      const features = await computeFeatures({ raster, features: points, interpolation });
      assert.deepEqual(
        features.map(({ id }) => id),
        expected.map((_: unknown, index: number) => index),
      );
      for (const [index, [first, second]] of expected.entries()) {
        const { band1, band2 } = features[index]!.properties;
        for (const [actual, wanted] of [
          [band1, first],
          [band2, second],
        ]) {
          if (wanted === null) assert.equal(actual, null);
          else
            assert.ok(Math.abs(Number(actual) - wanted) < 1e-6 * Math.max(1, Math.abs(wanted)), `${index}`);
        }
      }
    });
  }

  it('are added to the properties under the name that is asked for', async () => {
    const [result] = await computeFeatures({
      raster,
      features: feature(point(6.25, 51.125), { name: 'a', z2: 'old' }),
      bands: [2],
      prefix: 'z',
    });
    assert.deepEqual(Object.keys(result!.properties), ['name', 'z2']);
    assert.equal(typeof result!.properties['z2'], 'number');
  });

  it('are interpolated across the antimeridian on a raster around the globe', async () => {
    const globe = await makeRaster([Uint8Array.from([10, 20, 30, 40, 50, 60, 70, 80])], 4, {
      dataType: 'uint8',
      transform: [-180, 90, 0, 90, 0, -90],
      crs: crs84,
    });
    const places = [-180, 180, -135, -157.5, 157.5, 0].map((x, index) => feature(point(x, 45), { index }));
    const values = async (interpolation: string) =>
      (await computeFeatures({ raster: globe, features: collection(...places), interpolation })).map(
        ({ properties }) => properties['band1'],
      );
    assert.deepEqual(await values('bilinear'), [25, 25, 10, 17.5, 32.5, 25]);
    // Where the raster is not all around, its ends are ends.
    const part = await makeRaster([Uint8Array.from([10, 20, 30, 40])], 4, {
      dataType: 'uint8',
      transform: [-180, 80, 0, 90, 0, -90],
      crs: crs84,
    });
    const [end] = await computeFeatures({
      raster: part,
      features: feature(point(-180, 45)),
      interpolation: 'bilinear',
    });
    assert.equal(end!.properties['band1'], null);
  });

  it('are null where not all pixels around have values, and that is told', async () => {
    const grid = await makeRaster([Float32Array.from([10, 20, 30, 40, -1, 60, 70, 80, 90])], 3, {
      dataType: 'float32',
      transform: [0, 1, 0, 3, 0, -1],
      crs: crs84,
      nodata: -1,
    });
    // In the middle of a pixel, at the edge, beside nodata, on nodata, outside.
    const places = [
      [0.5, 2.5],
      [0.2, 2.5],
      [0.8, 2.2],
      [1.5, 1.5],
      [9, 9],
    ] as const;
    const features = collection(...places.map(([x, y]) => feature(point(x, y))));
    const sampled = async (interpolation: string) => {
      const inputs = { raster: grid, features, interpolation };
      const { outputs, logged } = await execute(process, run, { inputs });
      const result = outputs['result'] as FeatureCollection;
      return { values: result.features.map(({ properties }) => properties?.['band1']), said: logged.join() };
    };
    const bilinear = await sampled('bilinear');
    assert.deepEqual(bilinear.values, [10, null, null, null, null]);
    assert.match(bilinear.said, /^2 points have no interpolated value, only null, within half a pixel/);
    const nearest = await sampled('nearest');
    assert.deepEqual(nearest, { values: [10, 10, 10, null, null], said: '' });
  });

  it('are found in another CRS, and the points stay where they are', async () => {
    const values = Uint8Array.from({ length: 100 }, (_, index) => index);
    const mercator = await makeRaster([values], 10, {
      dataType: 'uint8',
      transform: [556597.4539663679, 1000, 0, 6800125.454397307, 0, -1000],
    });
    const [result] = await computeFeatures({ raster: mercator, features: feature(point(5.02, 51.99)) });
    assert.deepEqual(result!.geometry, point(5.02, 51.99));
    // 2226 m east and 1807 m south of the corner.
    assert.equal(result!.properties['band1'], 12);
  });

  it('are null for null geometries, and an empty layer stays empty', async () => {
    const [result] = await computeFeatures({ raster, features: collection(feature(null)) });
    assert.deepEqual(result, { type: 'Feature', properties: { band1: null, band2: null }, geometry: null });
    assert.deepEqual(await computeFeatures({ raster, features: collection() }), []);
  });
});

describe('an input that is wrong', () => {
  it('is refused: lines, bands that are not there', async () => {
    const features = collection(feature(point(4, 52)), feature(line([4, 52], [5, 52])));
    assert.deepEqual(await catchFaults({ raster, features }), [
      '/inputs/features/features/1/geometry: is a LineString; points are needed.',
    ]);
    assert.deepEqual(await catchFaults({ raster, features: points, bands: [3] }), [
      '/inputs/bands/0: is 3, but the raster has the bands 1 to 2.',
    ]);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
});
