import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection } from 'geojson';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClipRaster } from '../../processes/clip-raster/run.ts';
import sampleRaster from '../../processes/sample-raster/process.ts';
import { run as runSampleRaster } from '../../processes/sample-raster/run.ts';
import zonalStatistics from '../../processes/zonal-statistics/process.ts';
import { run as runZonalStatistics } from '../../processes/zonal-statistics/run.ts';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { crsFrom } from '../support/crs.ts';
import { execute } from './support/execute.ts';
import { makeLayer, point, rectangle } from './support/layers.ts';
import { readGeotiff } from './support/raster-process.ts';
import { rasterValue } from './support/raster-value.ts';

/** Ten by ten pixels of a kilometre in the north of France, from 3 to 3.14 degrees east and 49.56 to 49.65 north. */
const raster = await rasterValue({
  width: 10,
  height: 10,
  dataType: 'uint8',
  bands: [Uint8Array.from({ length: 100 }, (_, index) => index)],
  transform: [500_000, 1000, 0, 5_500_000, 0, -1000],
  crs: crsFrom('EPSG:32631'),
});
const far = rectangle(99, 0, 101, 1);
const near = rectangle(3.01, 49.6, 3.05, 49.63);

async function compute(process: ProcessDeclaration, run: Run<never>, inputs: object) {
  const { outputs, logged } = await execute(process, run, { inputs: { raster, ...inputs } });
  const { result } = outputs as { result: FeatureCollection };
  return { result, logged };
}
const countsOf = ({ features }: FeatureCollection) => features.map(({ properties }) => properties?.['count']);
const zonal = async (features: object, more: object = {}) => {
  const inputs = { features, statistics: ['count'], prefix: '', ...more };
  return compute(zonalStatistics, runZonalStatistics as never, inputs);
};

describe('what has no place in the CRS of a raster lies outside of it', () => {
  it('points, which have no value', async () => {
    const features = makeLayer([point(3.001, 49.64), point(100, 0), point(3.001, 49.64)]);
    const { result, logged } = await compute(sampleRaster, runSampleRaster as never, { features });
    const [first, second, third] = result.features.map(({ properties }) => properties?.['band1']);
    assert.ok(typeof first === 'number' && first === third);
    assert.equal(second, null);
    assert.deepEqual(result.features[1]?.geometry, point(100, 0));
    assert.deepEqual(logged, [
      '1 feature has positions that cannot be transformed to EPSG:32631, the CRS of the raster. These positions are outside the raster.',
    ]);
  });

  it('zones, which have no pixels: all countries of the world but one', async () => {
    const world = sampleFeatures('countries');
    const { result, logged } = await zonal(world);
    for (const { properties } of result.features)
      assert.equal(properties?.['count'], properties?.['name'] === 'France' ? 100 : 0);
    assert.match(
      logged.at(-1) ?? '',
      /^\d+ features have positions that cannot be transformed to EPSG:32631/,
    );
  });

  it('but not what of an area lies about the raster', async () => {
    const halfOfRaster = rectangle(3.07, 0, 90, 60);
    const zones = [rectangle(-90, 0, 95, 60), rectangle(0, 0, 90, 60), halfOfRaster, far];
    const { result } = await zonal(makeLayer(zones));
    const [whole, wide, half, none] = countsOf(result);
    assert.deepEqual([whole, wide, none], [100, 100, 0]);
    const [same] = countsOf((await zonal(rectangle(3.07, 45, 5, 55))).result);
    assert.equal(half, same);
  });

  it('all of the raster is in the world, and half of it in half of the world', async () => {
    const world = rectangle(-180, -90, 180, 90);
    const band = rectangle(-180, 49.6, 180, 80);
    const halves = [rectangle(-180, -90, 3.07, 90), rectangle(3.07, -90, 180, 90)];
    const { result, logged } = await zonal(makeLayer([world, band, ...halves, rectangle(-180, -90, 180, 0)]));
    const [all, north, west, east, south] = countsOf(result) as number[];
    const [sameNorth] = countsOf((await zonal(rectangle(2.9, 49.6, 3.3, 49.8))).result);
    assert.deepEqual([all, north, south], [100, sameNorth, 0]);
    assert.equal((west ?? 0) + (east ?? 0), 100);
    assert.deepEqual(logged, []);
  });

  it('about a pole, the antimeridian takes no pixel from what lies round it', async () => {
    const size = 100_000;
    // The pole is in the middle, and the antimeridian runs along a diagonal: through the centres of pixels.
    const aboutPole = await rasterValue({
      width: 20,
      height: 20,
      dataType: 'uint8',
      bands: [new Uint8Array(400)],
      transform: [-10 * size, size, 0, 10 * size, 0, -size],
      crs: crsFrom('EPSG:3413'),
    });
    const zones = [
      rectangle(-180, -90, 180, 90),
      rectangle(-180, 0, 180, 90),
      rectangle(-180, 85, 180, 90),
      rectangle(-180, 0, 180, 85),
      rectangle(-180, -90, 180, 0),
    ];
    const { result } = await zonal(makeLayer(zones), { raster: aboutPole });
    const [world, north, cap, rest, south] = countsOf(result) as number[];
    assert.deepEqual([world, north, south], [400, 400, 0]);
    assert.equal((cap ?? 0) + (rest ?? 0), 400);
  });

  it('masks, which are left out', async () => {
    const clip = (features: object) => compute(clipRaster, runClipRaster as never, { features });
    const [both, alone] = [await clip(makeLayer([near, far])), await clip(near)];
    const [clipped, expected] = await Promise.all(
      [both, alone].map(({ result }) => readGeotiff(result as unknown as Uint8Array)),
    );
    assert.deepEqual(clipped, expected);
    assert.equal(both.logged.length, alone.logged.length + 1);
    await assert.rejects(clip(far), /has only polygons outside the raster/);
  });

  it('of layers in a plane as well', async () => {
    const crs = { type: 'name', properties: { name: 'EPSG:3857' } };
    const features = makeLayer([
      rectangle(335_100, 6_370_000, 336_000, 6_372_000),
      rectangle(11e6, 0, 12e6, 1e5),
    ]);
    const [, none] = countsOf((await zonal({ ...features, crs })).result);
    assert.equal(none, 0);
  });

  it('unless it cannot be told, as where a raster goes round the globe', async () => {
    const half = 20_037_508;
    const globe = await rasterValue({
      width: 2,
      height: 2,
      dataType: 'uint8',
      bands: [new Uint8Array(4)],
      transform: [-half, half, 0, half, 0, -half],
      crs: crsFrom('EPSG:3857'),
    });
    await assert.rejects(
      zonal(rectangle(0, 80, 10, 90), { raster: globe }),
      /has the position \[10,90\] in .*, which cannot be transformed to EPSG:3857/,
    );
  });
});
