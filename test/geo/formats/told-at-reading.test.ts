import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { validFeatures } from '../../../geo/geos/valid-features.ts';
import type { LayerFeature } from '../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext } from './support.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/files/layers/${name}`, import.meta.url));
async function read(bytes: Uint8Array, mediaType: string) {
  const context = makeRunContext();
  const layer = await readLayer(bytesSource(bytes, { mediaType }), context);
  return { layer, said: context.logged.join('\n') };
}

describe('rows of a CSV whose coordinates are no numbers', () => {
  const table = Buffer.from('longitude,latitude,a\n5,52,1\nn/a,52,2\n,,3\n6,,4\n');

  it('have no geometry, and it is said how many there are; rows without any are silent', async () => {
    const { layer, said } = await read(table, MediaType.csv);
    assert.deepEqual(
      layer.features.map(({ geometry }) => geometry?.type ?? null),
      ['Point', null, null, null],
    );
    assert.match(said, /2 rows have coordinates that are not numbers, .*: row 2 has "n\/a", "52"\./);
  });

  it('are left out or refused as invalidGeometry says', async () => {
    const { layer } = await read(table, MediaType.csv);
    const kept = await validFeatures(layer, 'skip', makeRunContext());
    assert.deepEqual(
      kept.map(({ feature }) => feature.properties['a']),
      [1, 3],
    );
    await assert.rejects(validFeatures(layer, 'error', makeRunContext()), /features\/1\/geometry/);
  });
});

describe('measures (M) of positions are left out, and that is said', () => {
  const LEFT_OUT = /M values were dropped/;

  it('of a GeoPackage, a Shapefile and well-known text', async () => {
    assert.match((await read(fixture('measures.gpkg'), MediaType.geopackage)).said, LEFT_OUT);
    assert.match((await read(fixture('points-with-measures.zip'), MediaType.shapefile)).said, LEFT_OUT);
    const text = (wkt: string) => read(Buffer.from(`WKT,a\n"${wkt}",1\n`), MediaType.csv);
    for (const wkt of ['POINT M (1 2 3)', 'POINTZM (1 2 3 4)'])
      assert.match((await text(wkt)).said, LEFT_OUT);
    assert.doesNotMatch((await text('POINT Z (1 2 3)')).said, LEFT_OUT);
  });

  it('of a Shapefile with heights, where its measures are neither missing nor all 0', async () => {
    const features: LayerFeature[] = [
      { type: 'Feature', properties: { a: 1 }, geometry: { type: 'Point', coordinates: [5, 52, 7] } },
    ];
    const { bytes } = await writeLayer({ features, crs: crs84 }, MediaType.shapefile);
    const files = unzipSync(bytes);
    assert.doesNotMatch((await read(bytes, MediaType.shapefile)).said, LEFT_OUT);
    const shp = Buffer.from(files['result.shp']!);
    for (const [measure, isTold] of [
      [0, false],
      [-1e39, false],
      [12.5, true],
    ] as const) {
      shp.writeDoubleLE(measure, 92);
      const { said } = await read(
        zipSync({ ...files, 'result.shp': new Uint8Array(shp) }),
        MediaType.shapefile,
      );
      assert.equal(LEFT_OUT.test(said), isTold, String(measure));
    }
  });

  it('of Parquet', async () => {
    const wkb = Buffer.alloc(29);
    wkb.writeUInt8(1);
    wkb.writeUInt32LE(2001, 1);
    for (const [index, value] of [5, 52, 7].entries()) wkb.writeDoubleLE(value, 5 + index * 8);
    const { layer, said } = await read(
      await parquetOf('BYTE_ARRAY', [new Uint8Array(wkb)]),
      MediaType.geoparquet,
    );
    assert.deepEqual(layer.features[0]?.geometry, { type: 'Point', coordinates: [5, 52] });
    assert.match(said, LEFT_OUT);
  });
});

async function parquetOf(
  type: 'BYTE_ARRAY' | 'GEOMETRY' | 'GEOGRAPHY',
  geometry: unknown[],
): Promise<Uint8Array> {
  const writer = new ByteWriter();
  const columnData = [
    { name: 'shape', type, data: geometry },
    { name: 'a', type: 'INT32' as const, data: geometry.map((_, index) => index) },
  ];
  await parquetWrite({ writer, columnData: columnData as never });
  return new Uint8Array(writer.getBuffer());
}

describe('the logical types of Parquet', () => {
  for (const type of ['GEOMETRY', 'GEOGRAPHY'] as const)
    it(`${type} is the geometry, in longitudes and latitudes where it names no CRS`, async () => {
      const point = { type: 'Point', coordinates: [5, 52] };
      const { layer, said } = await read(await parquetOf(type, [point, null]), MediaType.geoparquet);
      assert.deepEqual(
        layer.features.map(({ geometry, properties }) => [geometry, properties]),
        [
          [point, { a: 0 }],
          [null, { a: 1 }],
        ],
      );
      assert.equal(layer.crs, crs84);
      assert.equal(said, '');
    });
});

describe('moments of Parquet', () => {
  it('keep all digits of their seconds', async () => {
    const writer = new ByteWriter();
    const value = 1_700_000_000_123_456n;
    await parquetWrite({
      writer,
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'geometry', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        {
          name: 'at',
          type: 'INT64',
          repetition_type: 'OPTIONAL',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
        },
      ],
      columnData: [
        { name: 'geometry', data: [null, null] },
        { name: 'at', data: [value, -1n] },
      ],
    });
    const { layer } = await read(new Uint8Array(writer.getBuffer()), MediaType.geoparquet);
    assert.deepEqual(
      layer.features.map(({ properties }) => properties['at']),
      ['2023-11-14T22:13:20.123456Z', '1969-12-31T23:59:59.999999Z'],
    );
  });
});

describe('texts of a Shapefile', () => {
  const feature: LayerFeature = {
    type: 'Feature',
    properties: { name: 'Kln' },
    geometry: { type: 'Point', coordinates: [5, 52] },
  };
  async function changed(change: (dbf: Buffer) => void, cpg?: string) {
    const { bytes } = await writeLayer({ features: [feature], crs: crs84 }, MediaType.shapefile);
    const files = unzipSync(bytes);
    const dbf = Buffer.from(files['result.dbf']!);
    change(dbf);
    delete files['result.cpg'];
    const others = cpg === undefined ? {} : { 'result.cpg': strToU8(cpg) };
    return read(zipSync({ ...files, 'result.dbf': dbf, ...others }), MediaType.shapefile);
  }
  const withByte = (driver: number, byte: number) => (dbf: Buffer) => {
    dbf[dbf.lastIndexOf('Kln') + 1] = byte;
    dbf[29] = driver;
  };

  it('are guessed where neither a .cpg nor its .dbf names the encoding, or what names it is not known: that is said', async () => {
    const { layer, said } = await changed(withByte(0, 0xf6));
    assert.deepEqual(layer.features[0]?.properties, { name: 'Kön' });
    assert.match(said, /read as Windows-1252, because neither a .cpg nor its .dbf names the encoding/);
    assert.match(
      (await changed(withByte(250, 0xf6))).said,
      /because the language driver ID 250 is not known/,
    );
    for (const [driver, byte] of [
      [0, 0x6c],
      [87, 0xf6],
    ] as const)
      assert.equal((await changed(withByte(driver, byte))).said, '');
  });

  it('are in the code page of each language driver ID, and refused by name where that cannot be read', async () => {
    for (const [driver, byte, letter] of [
      [125, 0xe0, 'א'],
      [126, 0xc8, 'ب'],
      [151, 0x88, 'ą'],
      [151, 0x8b, 'č'],
      [152, 0xe1, 'α'],
      [150, 0xe0, 'а'],
      [124, 0xa1, 'ก'],
      [204, 0xe8, 'č'],
      [203, 0xe1, 'α'],
      [202, 0xfe, 'ş'],
      [201, 0xe0, 'а'],
      [200, 0xe8, 'č'],
      [106, 0x98, 'α'],
      [107, 0x9f, 'ş'],
      [36, 0x84, 'ã'],
      [103, 0x8c, 'ð'],
      [108, 0x82, 'é'],
      [102, 0x9b, 'ø'],
      [101, 0xa0, 'а'],
    ] as const) {
      const { layer, said } = await changed(withByte(driver, byte));
      assert.deepEqual(layer.features[0]?.properties, { name: `K${letter}n` }, `${driver}`);
      assert.equal(said, '');
    }
    for (const [driver, name] of [
      [104, /language driver ID 104 of its \.dbf names code page 895 \(Kamenický\), which cannot be read/],
      [105, /language driver ID 105 of its \.dbf names code page 620 \(Mazovia\)/],
    ] as const) {
      await assert.rejects(changed(withByte(driver, 0x87)), name);
      // ASCII is the same in all of them.
      assert.equal((await changed(withByte(driver, 0x6c))).said, '');
    }
  });

  it('that are not in the encoding that is named are told', async () => {
    assert.match(
      (await changed(withByte(0, 0xf6), 'UTF-8')).said,
      /does not match the encoding "UTF-8" of its \.cpg/,
    );
  });

  it('of fields that are not read are null, and that is told', async () => {
    const memo = await changed((dbf) => dbf.write('M', 32 + 11, 'latin1'));
    assert.deepEqual(memo.layer.features[0]?.properties, { name: null });
    assert.match(memo.said, /types memo, .* cannot be read, and are null: "name" \(M\)/);
  });
});
