import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { strToU8 } from 'fflate';
import { MediaType } from '../../../core/shared/uris.ts';
import { type Crs, crs84, sameCrs } from '../../../geo/crs/crs.ts';
import { esriWktFromCrs } from '../../../geo/crs/esri-wkt.ts';
import { findCrs } from '../../../geo/crs/find-crs.ts';
import { withTemporaryFile } from '../../../geo/formats/common/temporary-file.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { zipped } from '../../../geo/formats/shapefile/zip.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../geo/layer/layer.ts';
import { oracle } from '../../processes/support/oracle.ts';

import { crsFrom } from '../../support/crs.ts';
import { bytesSource, makeRunContext } from './support.ts';

const features: LayerFeature[] = [
  { type: 'Feature', properties: { a: 1 }, geometry: { type: 'Point', coordinates: [10, 20] } },
];
const read = async (bytes: Uint8Array, mediaType: string): Promise<Crs> =>
  (await readLayer(bytesSource(bytes, { mediaType }), makeRunContext())).crs;
const write = async (crs: Crs, mediaType: string): Promise<Uint8Array> =>
  (await writeLayer({ features, crs }, mediaType)).bytes;

const customs = (
  oracle('custom_crs') as { cases: { name: string; projjson: Record<string, unknown> }[] }
).cases.map(({ name, projjson }) => [name, findCrs(projjson)!] as const);
const coded = ['EPSG:28992', 'EPSG:4267', 'ESRI:102008', 'ESRI:54009', 'EPSG:5514'].map(
  (code) => [code, crsFrom(code)] as const,
);

describe('a layer is in the CRS that it was written in', () => {
  for (const mediaType of [
    MediaType.flatgeobuf,
    MediaType.geopackage,
    MediaType.geoparquet,
    MediaType.shapefile,
  ]) {
    it(`in ${mediaType}, with or without a code`, async () => {
      for (const [name, crs] of [...customs, ...coded]) {
        const bytes = await write(crs, mediaType);
        // ESRI has no words for a shift of the datum, nor names for some projections.
        const isLost = mediaType === MediaType.shapefile && esriWktFromCrs(crs) === undefined;
        const back = await read(bytes, mediaType);
        assert.ok(sameCrs(back, isLost ? crs84 : crs), `${name}: ${back.name} ${back.meaning}`);
      }
    });
  }
});

/** A GeoPackage whose layer refers to a row of its own in the table of CRSs. */
async function geopackage(
  organization: string,
  id: number,
  definition: string,
  srsId = id,
): Promise<Uint8Array> {
  const bytes = await write(crs84, MediaType.geopackage);
  return withTemporaryFile('changed.gpkg', async (path) => {
    writeFileSync(path, bytes);
    const database = new DatabaseSync(path);
    database.exec('PRAGMA foreign_keys = OFF');
    if (srsId > 0)
      database
        .prepare('INSERT OR REPLACE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)')
        .run('x', srsId, organization, id, definition);
    database.prepare('UPDATE gpkg_geometry_columns SET srs_id = ?').run(srsId);
    database.close();
    return new Uint8Array(readFileSync(path));
  });
}

const wgs84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]';

describe('the table of CRSs of a GeoPackage', () => {
  const formatName = async (...row: Parameters<typeof geopackage>) =>
    (await read(await geopackage(...row), MediaType.geopackage)).name;

  it('defines them, whatever their organisation is called', async () => {
    assert.equal(await formatName('NONE', 100_000, wgs84), 'EPSG:4326');
    assert.equal(await formatName('WEB MAP SERVICE CRS', 84, wgs84), 'EPSG:4326');
    assert.equal(await formatName('EPSG', 28_992, 'undefined'), 'EPSG:28992');
    assert.equal(await formatName('epsg', 3857, ''), 'EPSG:3857');
    assert.equal(await formatName('ESRI', 54_009, 'undefined'), 'ESRI:54009');
    // The definition counts, not what it is listed as.
    assert.equal(await formatName('EPSG', 4269, wgs84, 300_001), 'EPSG:4326');
  });

  it('has rows for what has none', async () => {
    const rows: Parameters<typeof geopackage>[] = [
      ['GDAL', 99_999, 'undefined'],
      ['GDAL', 99_999, 'LOCAL_CS["Undefined SRS",LOCAL_DATUM["unknown",32767],UNIT["unknown",0]]'],
      ['NONE', -1, '', -1],
      ['NONE', 0, '', 0],
      ['NONE', 100_000, 'undefined'],
    ];
    for (const row of rows) {
      const context = makeRunContext();
      const bytes = await geopackage(...row);
      const { crs } = await readLayer(bytesSource(bytes, { mediaType: MediaType.geopackage }), context);
      assert.equal(crs, crs84, JSON.stringify(row));
      assert.match(context.logged.join(), /has no CRS/);
    }
  });

  it('may have what cannot be read, which is refused', async () => {
    const bytes = await geopackage('NONE', 100_000, '+proj=longlat');
    await assert.rejects(read(bytes, MediaType.geopackage), /definition cannot be read: "\+proj=longlat"/);
  });
});

describe('the .prj of a Shapefile', () => {
  const withPrj = async (text: string): Promise<Uint8Array> => {
    const { readZipEntries, inflated } = await import('../../../geo/formats/shapefile/zip.ts');
    const bytes = await write(crs84, MediaType.shapefile);
    const files = Object.fromEntries(inflated(bytes, readZipEntries(bytes), 1e6, ''));
    return zipped({ ...files, 'result.prj': strToU8(text) });
  };
  const inPrj = async (text: string): Promise<Crs> => read(await withPrj(text), MediaType.shapefile);
  const gcs =
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]';
  const mercator = (name: string, parallel: number) =>
    `PROJCS["${name}",${gcs},PROJECTION["Mercator"],PARAMETER["central_meridian",0],PARAMETER["standard_parallel_1",${parallel}],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["Meter",1]]`;

  it('of Web Mercator is known by its name, and other Mercators are not taken for it', async () => {
    assert.equal((await inPrj(mercator('WGS_84_Pseudo_Mercator', 0))).name, 'EPSG:3857');
    assert.equal((await inPrj(mercator('WGS_1984_World_Mercator', 0))).name, 'EPSG:3395');
    assert.equal((await inPrj(mercator('WGS_84_Pseudo_Mercator', 20))).identifier, undefined);
  });

  it('that is taken for Web Mercator against its letter is told', async () => {
    const said = async (name: string) => {
      const context = makeRunContext();
      const bytes = await withPrj(mercator(name, 0));
      await readLayer(bytesSource(bytes, { mediaType: MediaType.shapefile }), context);
      return context.logged.join();
    };
    assert.match(
      await said('Google_Maps_Global_Mercator'),
      /"Google_Maps_Global_Mercator".* is treated as Web Mercator/,
    );
    assert.doesNotMatch(await said('WGS_1984_World_Mercator'), /Web Mercator/);
  });

  it('of GeoTools calls the datum WGS84', async () => {
    const text =
      'GEOGCS["WGS84", DATUM["WGS84", SPHEROID["WGS84", 6378137.0, 298.257223563]], PRIMEM["Greenwich", 0.0], UNIT["degree", 0.017453292519943295], AXIS["Longitude", EAST], AXIS["Latitude", NORTH]]';
    assert.equal((await inPrj(text)).name, 'EPSG:4326');
  });
});
