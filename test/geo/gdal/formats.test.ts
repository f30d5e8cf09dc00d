import assert from 'node:assert/strict';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { driversBeyond, gdalDrivers, gdalFormats } from '../../../core/shared/gdal-formats.ts';
import { givenFiles } from '../../../geo/formats/by-gdal/given-files.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { Engine } from '../../../geo/gdal/engine.ts';
import { translateLayer } from '../../../geo/gdal/translate-layer.ts';
import { translateRaster } from '../../../geo/gdal/translate-raster.ts';
import { openRaster, openRasterHeader } from '../../../geo/raster/formats/open-raster.ts';
import type { Raster } from '../../../geo/raster/raster.ts';
import { bytesSource, makeRunContext } from '../formats/support.ts';

/** The files that `scripts/make-gdal-samples.ts` wrote, with the driver of each: docs/guide/formats.md lists these formats. */
const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'files');
const drivers = Object.entries(
  JSON.parse(readFileSync(join(fixtures, 'by-gdal.json'), 'utf8')) as Record<string, string>,
);
const sourceAs = (name: string) =>
  bytesSource(new Uint8Array(readFileSync(join(fixtures, 'by-gdal', name))), {
    href: `https://data.example/${name}`,
  });
const isRaster = (driver: string) =>
  gdalFormats.some((format) => format.driver === driver && format.kind === 'raster');

/** Pictures that lose something, tiles, elevations on a grid of its own, and a band of colours before that of values. */
const changing = new Set([
  'jpeg.jpg.zip',
  'mbtiles.mbtiles',
  'tiles.gpkg',
  'usgsdem.dem',
  'nwt.grd.zip',
  'grass.asc',
]);

describe('a raster that is read by way of GDAL', () => {
  for (const [name, driver] of drivers.filter(([, each]) => isRaster(each)))
    it(`may be ${name} (${driver})`, async () => {
      const given = await givenFiles(sourceAs(name), makeRunContext());
      const translated = await translateRaster(given, () => {});
      rmSync(dirname(translated?.path ?? ''), { recursive: true });
      assert.equal(translated?.driver, driver);
      const raster = await openRaster(sourceAs(name), makeRunContext());
      assert.equal(raster.storage, undefined);
      const samples = await raster.read(1);
      assert.equal(samples.length, raster.width * raster.height);
      if (changing.has(name)) return;
      const expected = (column: number, row: number) => 100 + (row % 20) * 40 + (column % 40);
      for (const [column, row] of [
        [0, 0],
        [3, 2],
        [15, 11],
      ] as const) {
        const value = expected(column, row);
        const found = Number(samples[row * raster.width + column]);
        assert.ok(
          Math.abs(found - (raster.bands[0]?.dataType === 'uint8' ? value % 256 : value)) < 0.01,
          `${found} for ${value}`,
        );
      }
    });
});

describe('the header of a raster that is read by way of GDAL', () => {
  for (const [name] of drivers.filter(([, each]) => isRaster(each)))
    it(`is that of ${name}, however few pixels may be read`, async () => {
      const limited = makeRunContext({ limits: { inlineBytes: 1e6, pixels: 1 } });
      const {
        read: _,
        readMask: __,
        ...header
      } = (await openRasterHeader(sourceAs(name), limited)) as Raster;
      const { read: ___, readMask: ____, ...expected } = await openRaster(sourceAs(name), makeRunContext());
      assert.deepEqual(header, expected);
    });
});

describe('a layer that is read by way of GDAL', () => {
  for (const [name, driver] of drivers.filter(([, each]) => !isRaster(each)))
    it(`may be ${name} (${driver})`, async () => {
      const given = await givenFiles(sourceAs(name), makeRunContext());
      const translated = await translateLayer(given);
      rmSync(dirname(translated?.path ?? ''), { recursive: true });
      assert.equal(translated?.driver, driver);
      const layer = await readLayer(sourceAs(name), makeRunContext());
      assert.equal(layer.features.length, 3);
      // Tiles are in metres.
      if (driver === 'PMTiles') return;
      const [first] = layer.features;
      const [x, y] = [first?.geometry].flatMap((geometry) =>
        geometry?.type === 'Point'
          ? geometry.coordinates
          : geometry?.type === 'LineString'
            ? (geometry.coordinates[0] ?? [])
            : [],
      );
      assert.ok(Math.abs((x ?? 0) - 5) < 1e-3 && Math.abs((y ?? 0) - 52) < 1e-3, `${x} ${y}`);
    });
});

/** Every driver that may be asked, also for what our own readers leave out. */
const asked = new Set([...gdalFormats.map(({ driver }) => driver), ...Object.values(driversBeyond).flat()]);

describe('the drivers that are asked', () => {
  it('are in the build, each once', async () => {
    const built = new Set((await Engine.load()).listDrivers());
    assert.deepEqual(
      [...asked].filter((driver) => !built.has(driver ?? '')),
      [],
    );
    for (const kind of ['layer', 'raster'] as const)
      assert.equal(new Set(gdalDrivers(kind)).size, gdalDrivers(kind).length);
  });

  it('follow neither paths nor addresses', () => {
    const followers =
      /VRT|WM[TS]|WFS|WCS|CSW|STAC|HTTP|PostgreSQL|PG|MySQL|ODBC|GPSBabel|DAAS|EEDA|PLMOSAIC|Zarr|MRF|Rasterlite|TIL|ESRIC|GNM|DERIVED/;
    assert.deepEqual(
      [...asked].filter((driver) => followers.test(driver ?? '')),
      [],
    );
  });

  it('stand in one table', () => {
    const source = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
    for (const file of globSync('geo/{formats,gdal}/**/*.ts'))
      assert.doesNotMatch(source(file), /drivers: \[|drivers = \['/, file);
  });

  it('have a file each that a test reads, or are said to have none', () => {
    const known = new Set(gdalFormats.map(({ driver }) => driver));
    assert.deepEqual(
      drivers.filter(([, driver]) => !known.has(driver)),
      [],
    );
    assert.ok(new Set(drivers.map(([, driver]) => driver)).size >= 45);
  });
});
