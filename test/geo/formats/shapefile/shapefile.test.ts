import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { Geometry } from 'geojson';
import { InvalidInput, LimitExceeded } from '../../../../core/shared/errors.ts';
import { Crs84, MediaType } from '../../../../core/shared/uris.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import { polygonsFromRings } from '../../../../geo/geometry/rings-to-polygons.ts';
import type { LayerFeature, Properties } from '../../../../geo/layer/layer.ts';
import { crsFrom } from '../../../support/crs.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** What is particular to Shapefiles: one kind of shape, short names and texts, CRSs, and archives of strangers. */
const mediaType = MediaType.shapefile;
const point: Geometry = { type: 'Point', coordinates: [5, 52] };
const makeFeature = (properties: Properties, geometry: Geometry | null = point): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});
const written = (features: LayerFeature[], crs: string = Crs84) =>
  writeLayer({ features, crs: crsFrom(crs) }, mediaType);
const read = (bytes: Uint8Array, context = makeRunContext()) =>
  readLayer(bytesSource(bytes, { mediaType }), context);
const throughFile = async (...features: LayerFeature[]) =>
  (await read((await written(features)).bytes)).features;

/** The archive with some of its files replaced, added or, where undefined, left out. */
const changed = (archive: Uint8Array, changes: Readonly<Record<string, Uint8Array | undefined>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries({ ...unzipSync(archive), ...changes }).filter(
        (entry): entry is [string, Uint8Array] => entry[1] !== undefined,
      ),
    ),
  );

describe('the shapes of a Shapefile', () => {
  const line: Geometry = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  };

  it('are refused where there are several kinds, naming other formats', async () => {
    await assert.rejects(written([makeFeature({}), makeFeature({}, line)]), (error: unknown) => {
      assert.ok(error instanceof InvalidInput);
      assert.equal(error.faults[0]!.pointer, '/outputs/result/format');
      assert.match(error.message, /several of these \(Point, LineString\).*GeoPackage.*FlatGeobuf/);
      return true;
    });
  });

  it('are no collections', async () => {
    const collection: Geometry = { type: 'GeometryCollection', geometries: [point] };
    await assert.rejects(
      written([makeFeature({}, collection)]),
      /cannot hold a GeometryCollection.*GeoPackage/,
    );
  });

  it('are MultiPoints where one is', async () => {
    const two: Geometry = {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    const features = await throughFile(makeFeature({}), makeFeature({}, two), makeFeature({}, null));
    const one = { type: 'MultiPoint', coordinates: [[5, 52]] };
    assert.deepEqual(
      features.map(({ geometry }) => geometry),
      [one, two, null],
    );
  });

  it('have heights where one has, and none where they are empty', async () => {
    const high: Geometry = { type: 'Point', coordinates: [1, 2, 3] };
    const features = await throughFile(
      makeFeature({}),
      makeFeature({}, high),
      makeFeature({}, { type: 'Point', coordinates: [] }),
    );
    const low = { type: 'Point', coordinates: [5, 52, 0] };
    assert.deepEqual(
      features.map(({ geometry }) => geometry),
      [low, high, null],
    );
  });

  it('are outer rings and holes by their direction and place', () => {
    const ring = (x: number, size: number) => [
      [x, x],
      [x, x + size],
      [x + size, x + size],
      [x + size, x],
      [x, x],
    ];
    const [big, small, inner] = [ring(0, 100), ring(20, 20), ring(25, 5)];
    const hole = ring(10, 50).toReversed();
    const touching = [
      [0, 0],
      [50, 10],
      [10, 50],
      [0, 0],
    ];
    const alone = ring(200, 10).toReversed();
    const polygons = polygonsFromRings([hole, small, big, inner, touching, alone]);
    // The small ring lies in the hole; the inner one is an island in the small ring.
    assert.deepEqual(polygons, [
      [small.toReversed()],
      [big.toReversed(), hole.toReversed(), touching.toReversed()],
      [inner.toReversed()],
      [alone],
    ]);
  });
});

describe('the properties of a Shapefile', () => {
  it('have names of ten bytes, with a remark that names each that is cut', async () => {
    const properties = { population_2020: 1, population_2021: 2, 日本語の名前: 3, short: 4, SHORT: 5 };
    const { bytes, remarks } = await written([makeFeature(properties)]);
    assert.deepEqual((await read(bytes)).features[0]!.properties, {
      population: 1,
      populati_2: 2,
      日本語: 3,
      short: 4,
      SHORT_2: 5,
    });
    assert.equal(remarks.length, 1);
    assert.match(remarks[0]!, /"population_2021" is "populati_2", .* "SHORT" is "SHORT_2"/);
  });

  it('are texts of 254 bytes, cut between characters, with a remark', async () => {
    const { bytes, remarks } = await written([makeFeature({ text: '語'.repeat(100) })]);
    assert.equal((await read(bytes)).features[0]!.properties['text'], '語'.repeat(84));
    assert.match(remarks.join(), /"text" were truncated to 254 bytes/);
  });

  it('are dates where all are', async () => {
    const dbf = async (...days: (string | null)[]) => {
      const files = unzipSync((await written(days.map((day) => makeFeature({ day })))).bytes);
      return String.fromCharCode(files['result.dbf']![32 + 11]!);
    };
    assert.equal(await dbf('2024-02-29', null), 'D');
    assert.equal(await dbf('2024-02-29', '2024-02-29T12:00:00Z'), 'C');
    assert.equal(await dbf('2024-13-01'), 'C');
  });

  it('may be none at all: the table counts the features then, as that of GDAL does', async () => {
    assert.deepEqual(await throughFile(makeFeature({}), makeFeature({})), [
      makeFeature({ FID: 0 }),
      makeFeature({ FID: 1 }),
    ]);
  });

  it('are refused where a record would be too long', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`p${index}`, 'x'.repeat(254)]),
    );
    await assert.rejects(
      written([makeFeature(many)]),
      /cannot be written as a Shapefile: .*76\d\d\d bytes.*GeoPackage/,
    );
  });

  it('are left out with their shapes where they are marked as deleted', async () => {
    const { bytes } = await written([makeFeature({ a: 1 }), makeFeature({ a: 2 })]);
    const dbf = Buffer.from(unzipSync(bytes)['result.dbf']!);
    dbf[dbf.readUInt16LE(8)] = 0x2a;
    assert.deepEqual((await read(changed(bytes, { 'result.dbf': dbf }))).features, [makeFeature({ a: 2 })]);
  });

  it('are read in the encoding that the .cpg or the table names', async () => {
    const { bytes } = await written([makeFeature({ name: 'Kln' })]);
    const dbf = Buffer.from(unzipSync(bytes)['result.dbf']!);
    const place = dbf.lastIndexOf('Kln') + 1;
    const formatName = async (byte: number, cpg: string | undefined, driver = 0) => {
      dbf[place] = byte;
      dbf[29] = driver;
      const archive = changed(bytes, {
        'result.dbf': dbf,
        'result.cpg': cpg === undefined ? undefined : strToU8(cpg),
      });
      return (await read(archive)).features[0]!.properties['name'];
    };
    assert.equal(await formatName(0xf6, '1252'), 'Kön');
    assert.equal(await formatName(0xf6, 'ISO 88591'), 'Kön');
    assert.equal(await formatName(0xf6, 'ANSI 1251'), 'Kцn');
    assert.equal(await formatName(0xf6, undefined, 201), 'Kцn');
    assert.equal(await formatName(0xf6, undefined), 'Kön');
    assert.equal(await formatName(0x6c, undefined), 'Kln');
  });
});

describe('the CRS of a Shapefile', () => {
  it('is that of the layer', async () => {
    const { bytes } = await written([makeFeature({})], 'EPSG:28992');
    assert.equal((await read(bytes)).crs.name, 'EPSG:28992');
  });

  it('is CRS84, with a line in the log, where there is no .prj', async () => {
    const context = makeRunContext();
    const { bytes } = await written([makeFeature({})]);
    assert.equal((await read(changed(bytes, { 'result.prj': undefined }), context)).crs.name, Crs84);
    assert.match(context.logged.join(), /has no CRS/);
  });

  it('is refused where it is unknown, unless another is given instead', async () => {
    const { bytes } = await written([makeFeature({})]);
    const local = changed(bytes, { 'result.prj': strToU8('LOCAL_CS["Mine",UNIT["Meter",1.0]]') });
    await assert.rejects(
      read(local),
      /is in the CRS Mine, whose definition is neither geographic nor projected.*LOCAL_CS/,
    );
    const given = await readLayer(bytesSource(local, { mediaType }), makeRunContext(), crsFrom('EPSG:28992'));
    assert.equal(given.crs.name, 'EPSG:28992');
  });
});

const shapefile = (await written([makeFeature({ a: 1 })])).bytes;

describe('an archive', () => {
  it('gives the same bytes each time', async () => {
    assert.deepEqual((await written([makeFeature({ a: 1 })])).bytes, shapefile);
    assert.deepEqual(Object.keys(unzipSync(shapefile)), [
      'result.shp',
      'result.shx',
      'result.dbf',
      'result.prj',
      'result.cpg',
    ]);
  });

  it('needs nothing but the .shp', async () => {
    const { 'result.shp': shp } = unzipSync(shapefile);
    assert.deepEqual((await read(zipSync({ 'A.SHP': shp!, '__MACOSX/._A.SHP': strToU8('x') }))).features, [
      makeFeature({}),
    ]);
  });

  it('is refused before it is inflated where it would be too large', async () => {
    const bomb = zipSync({ 'a.shp': new Uint8Array(5_000_000) });
    assert.ok(bomb.length < 10_000);
    const limits = { inlineBytes: 1e6, referencedBytes: 1e6 };
    await assert.rejects(read(bomb, makeRunContext({ limits })), (error: unknown) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail ?? '', /5000000 bytes when uncompressed.* 1000000\./);
      return true;
    });
  });

  it('inflates no more than it says it holds', async () => {
    const lying = Buffer.from(zipSync({ 'a.shp': new Uint8Array(5_000_000) }));
    // Sizes of the content stand in the local header at 22 and in the directory at 24.
    lying.writeUInt32LE(100, 22);
    lying.writeUInt32LE(100, lying.lastIndexOf('PK\u0001\u0002', undefined, 'latin1') + 24);
    await assert.rejects(
      read(lying, makeRunContext({ limits: { inlineBytes: 1e6, referencedBytes: 1000 } })),
      InvalidInput,
    );
  });

  it('is refused where it holds no Shapefile, or a broken one', async () => {
    const { 'result.shp': shp, 'result.dbf': dbf } = unzipSync(shapefile);
    const other = { ...Object.fromEntries([['a.txt', strToU8('x')]]) };
    await assert.rejects(read(zipSync(other)), /no \.shp file; its files: a\.txt/);
    await assert.rejects(read(shapefile.subarray(0, 60)), /cannot be read as a zip archive/);
    await assert.rejects(
      read(zipSync({ 'a.shp': shp!.subarray(0, 120) })),
      /record 1 of its \.shp extends beyond/,
    );
    await assert.rejects(read(zipSync({ 'a.shp': strToU8('x') })), /does not have the header of a Shapefile/);
    await assert.rejects(
      read(zipSync({ 'a.shp': shp!, 'a.dbf': dbf!.subarray(0, 66) })),
      /\.dbf ends before/,
    );
  });
});
