import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { baseUrl } = serviceFromEnvironment();

interface Found {
  readonly driver: string;
  readonly features: number;
  readonly bounds: readonly number[];
  /** Of HEAD, without following a redirect. */
  readonly status: number;
  /** Bytes that HEAD tells and GET does not bring. */
  readonly more: number;
  readonly bytes: number;
  readonly [member: string]: unknown;
}

/** GDAL opens what stands at a URL by reading it in parts: with pyogrio's GDAL the layers, with rasterio's the rasters. */
async function findings(): Promise<Readonly<Record<string, Found>>> {
  const python = await clientsPython();
  const { code, output } = await runProgram(python, [
    '-W',
    'ignore',
    join(import.meta.dirname, 'gdal_client.py'),
    baseUrl,
  ]);
  assert.equal(code, 0, output);
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

describe('GDAL opens results by their URL', async () => {
  const found = await findings();
  const drivers = { geojson: 'GeoJSON', flatgeobuf: 'FlatGeobuf', geopackage: 'GPKG' };
  // Points at multiples of 0.01 degrees from 10 E, 50 N, in rows of 50, with 100 m (0.001 degrees) around them.
  const sizes = {
    small: { status: 200, features: 20, bounds: [9.999, 49.999, 10.191, 50.001] },
    large: { status: 303, features: 3000, bounds: [9.999, 49.999, 10.491, 50.591] },
  };
  for (const [size, { status, features, bounds }] of Object.entries(sizes)) {
    for (const [name, driver] of Object.entries(drivers)) {
      test(`a ${size} layer, ${name}; HEAD tells its length`, () => {
        const { bytes, ...rest } = found[`${size} ${name}`]!;
        assert.deepEqual(rest, { driver, features, bounds, status, more: 0 });
        assert.equal(bytes > 4 * 1024 * 1024, size === 'large');
      });
    }

    test(`a ${size} raster, whole and a window of it`, () => {
      const { bytes, ...rest } = found[`${size} cog`]!;
      const pixels = size === 'large' ? 1000 : 100;
      assert.deepEqual(rest, {
        driver: 'GTiff',
        size: [pixels, pixels],
        crs: 'EPSG:32633',
        same: true,
        window: true,
        status,
        more: 0,
      });
      assert.equal(bytes > 4 * 1024 * 1024, size === 'large');
    });

    test(`the ${size} results of a job and a page of its collection`, () => {
      assert.deepEqual(found[`${size} geojson, all results`], { driver: 'GeoJSON', features, bounds });
      const page = found[`${size} geojson, a page of the collection`]!;
      assert.deepEqual([page.driver, page.features], ['GeoJSON', 20]);
    });
  }

  test('results by reference, of a job and while the client waits', () => {
    const buffer = { driver: 'FlatGeobuf', features: 1, bounds: [9.986, 49.991, 10.014, 50.009] };
    assert.deepEqual(found['by reference, of a job'], buffer);
    assert.deepEqual(found['by reference, while the client waits'], buffer);
  });

  test('collections as layers of OGC API - Features', () => {
    assert.equal(found['OGC API - Features'], 5);
  });
});
