import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import process from '../../../processes/clip-raster/process.ts';
import { run } from '../../../processes/clip-raster/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { collection, feature, line, rectangle } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { assertSameGrid } from '../support/raster-assertions.ts';
import { makeRaster, rasterInput, rasterProcess, readGeotiff } from '../support/raster-process.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);
const rasterio = oracle('clip_raster');
const raster = rasterInput(rasterio.raster);
const crs = { type: 'name', properties: { name: rasterio.crs } };
const makeLayer = (geometries: readonly object[]) => ({
  ...collection(...geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }))),
  crs,
});
const makePixels = (bands: readonly (readonly (number | null)[])[], nodata: number) =>
  bands.map((band) => band.map((value) => value ?? nodata));

describe('a part in polygons', () => {
  for (const { name, geometries, crop, allTouched, grid, expected } of rasterio.cases) {
    it(`is that of rasterio: ${name}${crop ? ', cropped' : ''}${allTouched ? ', all touched' : ''}`, async () => {
      const result = await computeResult({ raster, features: makeLayer(geometries), crop, allTouched });
      assertSameGrid(result, grid);
      assert.deepEqual([result.dataType, result.nodata, result.crs], ['int16', -1, 'EPSG:32631']);
      assert.deepEqual(makePixels(result.bands, -1), expected);
    });
  }

  it('is found when they are in another CRS', async () => {
    const degrees = await computeResult({ raster, features: rectangle(4.4687, 52.3384, 4.4722, 52.3403) });
    assert.ok(degrees.bands[0]!.some((value) => value !== null));
    assert.ok(degrees.width < 18);
  });

  it('has a mask where the raster has no nodata', async () => {
    const bytes = await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' });
    const features = {
      ...collection(feature(rectangle(0, -20, 10, -1))),
      crs: { type: 'name', properties: { name: 'EPSG:3857' } },
    };
    const { bands, nodata } = await computeResult({ raster: bytes, features, crop: false });
    assert.deepEqual([bands, nodata], [[[1, null, 3, null]], undefined]);
  });

  it('is empty without polygons where the grid is kept, and an error where it is not', async () => {
    const { bands } = await computeResult({ raster, features: makeLayer([]), crop: false });
    assert.deepEqual(new Set(bands.flat()), new Set([null]));
    assert.deepEqual(await catchFaults({ raster, features: collection(feature(null)) }), [
      '/inputs/features: has no polygon to clip with.',
    ]);
  });
});

describe('a part in an extent', () => {
  for (const { bbox, grid, expected } of rasterio.extents) {
    it(`is made of whole pixels: ${bbox}`, async () => {
      const result = await computeResult({ raster, extent: { bbox, crs: 'EPSG:32631' } });
      assertSameGrid(result, grid);
      assert.deepEqual(makePixels(result.bands, -1), expected);
    });
  }

  it('leaves a raster without nodata as it is', async () => {
    const bytes = await makeRaster([Uint8Array.of(0, 1, 2, 3)], 2, { dataType: 'uint8' });
    const extent = { bbox: [10, -20, 20, -10], crs: 'EPSG:3857' };
    const { bands, nodata, width } = await computeResult({ raster: bytes, extent });
    assert.deepEqual({ bands, nodata, width }, { bands: [[3]], nodata: undefined, width: 1 });
    const kept = await computeResult({ raster: bytes, extent, crop: false });
    assert.deepEqual(kept.bands, [[null, null, null, 3]]);
  });

  it('does not grow by a pixel because of rounding errors', async () => {
    const tenths = await makeRaster([Uint8Array.from({ length: 100 }, (_, index) => index)], 10, {
      dataType: 'uint8',
      crs: crsFrom('EPSG:4326'),
      transform: [5, 0.1, 0, 52, 0, -0.1],
    });
    const { width, height, bands } = await computeResult({
      raster: tenths,
      extent: { bbox: [5.1, 51.7, 5.3, 51.9] },
    });
    assert.deepEqual({ width, height, bands }, { width: 2, height: 2, bands: [[11, 12, 21, 22]] });
  });

  it('finds longitudes that the raster counts from 0 to 360', async () => {
    const globe = await makeRaster([Uint8Array.from({ length: 36 }, (_, index) => index)], 36, {
      dataType: 'uint8',
      crs: crsFrom('EPSG:4326'),
      transform: [0, 10, 0, 5, 0, -10],
    });
    const { bands } = await computeResult({ raster: globe, extent: { bbox: [-20, -5, -10, 5] } });
    assert.deepEqual(bands, [[34]]);
  });
});

describe('a small part of a large raster', () => {
  it('is read without the rest of the file', async () => {
    const side = 2048;
    // Noise, so that the file is as large as its pixels.
    const mixed = (index: number) => Math.imul(index ^ (index >>> 15), 0x85ebca6b);
    const noise = (index: number) => (mixed(mixed(index + 1)) >>> 11) & 0xffff;
    const values = Uint16Array.from({ length: side * side }, (_, index) => noise(index));
    const large = await makeRaster([values], side, { dataType: 'uint16' });
    const source = makeSource(new Uint8Array(Buffer.from(large.value, 'base64')), {
      pointer: '/inputs/raster',
    });
    const inputs = { raster: source, extent: { bbox: [0, -300, 300, 0], crs: 'EPSG:3857' } };
    const { result } = await run(
      { ...inputs, features: undefined, crop: true, allTouched: false, nodata: undefined },
      makeContext(process),
    );
    assert.deepEqual((await readGeotiff(result!.bytes)).bands[0]!.slice(0, 3), [0, 1, 2].map(noise));
    const read = source.reads.reduce((sum, { length }) => sum + length, 0);
    assert.ok(read < large.value.length / 10, `${read} bytes of ${large.value.length} in base64`);
  });
});

describe('an input that is wrong', () => {
  it('is refused: neither extent nor features, or both', async () => {
    assert.deepEqual(await catchFaults({ raster }), [
      '/inputs/extent: is required unless "features" is given.',
    ]);
    const extent = { bbox: [4.4, 52.3, 4.5, 52.4] };
    assert.deepEqual(await catchFaults({ raster, extent, features: rectangle(4, 52, 5, 53) }), [
      '/inputs/extent: cannot be combined with "features"; give one of them.',
    ]);
  });

  it('is refused: outside the raster, no polygons', async () => {
    assert.deepEqual(await catchFaults({ raster, extent: { bbox: [10, 10, 11, 11] } }), [
      '/inputs/extent/bbox: [10,10,11,11] lies outside the raster.',
    ]);
    assert.deepEqual(await catchFaults({ raster, features: rectangle(10, 10, 11, 11) }), [
      '/inputs/features: has only polygons outside the raster.',
    ]);
    const others = collection(
      feature(line([4, 52], [5, 53])),
      feature({ type: 'Point', coordinates: [4, 52] }),
    );
    assert.deepEqual(
      await catchFaults({ raster, features: others }),
      [
        '/inputs/features/features/0/geometry: is a LineString; polygons are needed.',
        '/inputs/features/features/1/geometry: is a Point; polygons are needed.',
      ],
      'every fault at once',
    );
  });

  it('is not refused where polygons are in a collection', async () => {
    const outside: Geometry = { type: 'GeometryCollection', geometries: [rectangle(10, 10, 11, 11)] };
    assert.deepEqual(await catchFaults({ raster, features: outside }), [
      '/inputs/features: has only polygons outside the raster.',
    ]);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    raster: await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' }),
    extent: { bbox: [0, -20, 20, 0], crs: 'EPSG:3857' },
  }));
});
