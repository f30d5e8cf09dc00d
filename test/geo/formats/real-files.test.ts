import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ByteBuffer } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import type { Geometry } from 'geojson';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { bytesSource, makeRunContext } from './support.ts';

/** Twins of files that people have; test/fixtures/files says how each was made. */
const encodeGeometry = (name: string) =>
  readFileSync(new URL(`../../fixtures/files/layers/${name}`, import.meta.url));
const read = (bytes: Uint8Array, mediaType: string) =>
  readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
const shapefile = (name: string) => read(encodeGeometry(name), MediaType.shapefile);

describe('the texts of a Shapefile', () => {
  for (const page of ['437', '850', '852', '866', '932', '1251']) {
    it(`are decoded from code page ${page}, by the mark in its table as by its .cpg`, async () => {
      const names = [`ldid-cp${page}.zip`, ...(page === '1251' ? [] : [`cpg-cp${page}.zip`])];
      const texts = await Promise.all(
        names.map(async (name) => (await shapefile(name)).features.map(({ properties }) => properties)),
      );
      const letters = JSON.stringify(texts[0]);
      assert.match(letters, expected[page]!);
      for (const other of texts) assert.deepEqual(other, texts[0]);
    });
  }
});

/** Letters that each page has, and its neighbours have elsewhere. */
const expected: Readonly<Record<string, RegExp>> = {
  '437': /[äöüéñ]/,
  '850': /[äöüéøÁ]/,
  '852': /Łódź/,
  '866': /[а-я]/,
  '932': /[\u3040-\u30ff\u4e00-\u9fff]/,
  '1251': /[а-я]/,
};

describe('the records of a Shapefile', () => {
  for (const name of ['shx-leads-past-gaps.zip', 'shp-padded.zip']) {
    it(`are where its index says, as in ${name}`, async () => {
      const { features } = await shapefile(name);
      assert.ok(features.length > 1);
      assert.ok(features.every(({ geometry }) => geometry !== null));
    });
  }
});

describe('a FlatGeobuf of features with and without heights', () => {
  const geometries: Geometry[] = [
    { type: 'Point', coordinates: [1, 2] },
    { type: 'Point', coordinates: [3, 4, 5] },
  ];
  const features = geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }) as const);

  it('has heights in each, unknown ones as NaN, as readers of the format expect', async () => {
    const { bytes } = await writeLayer({ features, crs: crs84 }, MediaType.flatgeobuf);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const first = 12 + view.getUint32(8, true) + calcTreeSize(features.length, 16);
    const flat = Feature.getSizePrefixedRootAsFeature(new ByteBuffer(bytes.slice(first)));
    assert.deepEqual([...(flat.geometry()?.zArray() ?? [])], [Number.NaN]);
    const back = await read(bytes, MediaType.flatgeobuf);
    assert.deepEqual(
      back.features.map(({ geometry }) => geometry),
      geometries,
    );
  });
});

describe('the description of a Placemark', () => {
  it('keeps its markup', async () => {
    const kml = `<kml><Placemark><name>n</name><description>Some<br/>HTML <b class="x">bold</b> text</description>
      <Point><coordinates>1,2</coordinates></Point></Placemark></kml>`;
    const { features } = await read(Buffer.from(kml), MediaType.kml);
    assert.deepEqual(features[0]?.properties, {
      name: 'n',
      description: 'Some<br/>HTML <b class="x">bold</b> text',
    });
    assert.deepEqual(features[0]?.geometry, { type: 'Point', coordinates: [1, 2] });
  });
});

describe('a GeoPackage', () => {
  it('keeps a column named __proto__', async () => {
    const { features } = await read(encodeGeometry('strange-names.gpkg'), MediaType.geopackage);
    assert.ok(features.length > 0);
    for (const { properties } of features) assert.ok(Object.hasOwn(properties, '__proto__'));
  });

  it('whose layer is a view without an end is refused before it runs', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'view-'));
    try {
      const path = join(directory, 'view.gpkg');
      const { bytes } = await writeLayer({ features: [], crs: crs84 }, MediaType.geopackage);
      await writeFile(path, bytes);
      const database = new DatabaseSync(path);
      database.exec(`DROP TABLE result;
        CREATE VIEW result AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n)
        SELECT fid, NULL AS geom FROM n`);
      database.close();
      await assert.rejects(read(await readFile(path), MediaType.geopackage), /"result" that is a view/);
      const other = new DatabaseSync(path);
      other.exec(`PRAGMA foreign_keys = OFF; DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS
        WITH RECURSIVE n(c) AS (SELECT 1 UNION ALL SELECT c + 1 FROM n) SELECT c AS table_name FROM n`);
      other.close();
      await assert.rejects(read(await readFile(path), MediaType.geopackage), /gpkg_contents is not a table/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('a Parquet file', () => {
  const parquet = (name: string) => read(encodeGeometry(name), MediaType.geoparquet);

  for (const type of ['Point', 'LineString', 'Polygon', 'MultiPolygon']) {
    it(`has geometries in the native encoding of GeoParquet 1.1: ${type}`, async () => {
      const { features } = await parquet(`geoarrow-${type.toLowerCase()}.parquet`);
      assert.ok(features.length > 0);
      for (const { geometry } of features) {
        if (geometry === null) continue;
        assert.equal(geometry.type, type);
        assert.equal(typeof (geometry as { coordinates: unknown[] }).coordinates.flat(3)[0], 'number');
      }
    });
  }

  it('may have no rows', async () => {
    assert.deepEqual((await parquet('no-rows.parquet')).features, []);
  });

  it('may have WKB without saying so', async () => {
    const { features } = await parquet('without-metadata.parquet');
    assert.ok(features.length > 0 && features.every(({ geometry }) => geometry !== null));
    assert.ok(features.every(({ properties }) => !Object.hasOwn(properties, 'geometry')));
  });

  it('has time stamps without a zone, and times of the day', async () => {
    const [first] = (await parquet('types.parquet')).features;
    assert.equal(first?.properties['local'], '2020-02-29T01:02:03');
    assert.equal(first?.properties['time'], '01:02:03');
  });
});

describe('a file that is packed or named otherwise', () => {
  const readAs = (name: string, changes: object) =>
    readLayer(
      bytesSource(encodeGeometry(name), { href: `https://example.org/${name}`, ...changes }),
      makeRunContext(),
    );

  it('is read out of gzip, whatever says that it is', async () => {
    for (const changes of [{}, { mediaType: 'application/gzip' }, { mediaType: MediaType.geojson }]) {
      const { features, mediaType } = await readAs('packed.geojson.gz', changes);
      assert.ok(features.length > 0);
      assert.equal(mediaType, MediaType.geojson);
    }
    const limits = { inlineBytes: 1e6, referencedBytes: 10 };
    const source = bytesSource(encodeGeometry('packed.geojson.gz'));
    await assert.rejects(
      readLayer(source, makeRunContext({ limits })),
      /more than 10 bytes when uncompressed/,
    );
    const broken = bytesSource(encodeGeometry('packed.geojson.gz').subarray(0, 40));
    await assert.rejects(readLayer(broken, makeRunContext()), /cannot be decompressed as gzip/);
    const twice = bytesSource(gzipSync(encodeGeometry('packed.geojson.gz')));
    await assert.rejects(readLayer(twice, makeRunContext()), /more than once/);
  });

  it('is read out of KMZ', async () => {
    const kmz = readFileSync(new URL('../../fixtures/files/sound/countries.kmz', import.meta.url));
    const href = 'https://example.org/countries.kmz';
    assert.ok((await readLayer(bytesSource(kmz, { href }), makeRunContext())).features.length > 0);
  });

  it('may have a feature per line under the name of GeoJSON', async () => {
    assert.ok((await readAs('lines.geojson', {})).features.length > 1);
  });

  it('may be a table with columns of coordinates', async () => {
    const csv = ' LONGITUDE , Latitude,name\n5.1, 52,a\n,,b\n';
    const { features, crs } = await readLayer(bytesSource(Buffer.from(csv)), makeRunContext());
    assert.ok(crs.isGeographic);
    assert.deepEqual(
      features.map(({ geometry, properties }) => [geometry, properties['name']]),
      [
        [{ type: 'Point', coordinates: [5.1, 52] }, 'a'],
        [null, 'b'],
      ],
    );
  });
});
