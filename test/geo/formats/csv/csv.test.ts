import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crs84, MediaType } from '../../../../core/shared/uris.ts';
import { crs84 } from '../../../../geo/crs/crs.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { crsFrom } from '../../../support/crs.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** What is particular to tables with well-known text: types by the look of the values, and tables of strangers. */
const mediaType = MediaType.csv;
const read = (content: string) =>
  readLayer(bytesSource(Buffer.from(content), { mediaType }), makeRunContext());
const column = async (...values: string[]) => {
  const { features } = await read(['WKT,a', ...values.map((value) => `POINT (1 2),${value}`)].join('\n'));
  return features.map(({ properties }) => properties['a']);
};

describe('the values of a table', () => {
  it('are numbers or truth values where the whole column is', async () => {
    assert.deepEqual(await column('1', '', '-2.5', '1e3'), [1, null, -2.5, 1000]);
    assert.deepEqual(await column('true', 'False', ''), [true, false, null]);
    assert.deepEqual(await column('1', 'x'), ['1', 'x']);
    assert.deepEqual(await column('1', 'true'), ['1', 'true']);
    assert.deepEqual(await column('', ''), [null, null]);
  });

  it('stay text where digits would be lost, and where they are quoted', async () => {
    assert.deepEqual(await column('01234', '5'), ['01234', '5']);
    assert.deepEqual(await column('98765432109876543210'), ['98765432109876543210']);
    assert.deepEqual(await column('1e999'), ['1e999']);
    assert.deepEqual(await column('"1"', '""', '" x"'), ['1', '', ' x']);
  });
});

describe('a table', () => {
  const point = { type: 'Point', coordinates: [1, 2] };

  it('may have semicolons or tabs, and the column under another name', async () => {
    for (const content of [
      'a;the_geom\n5;POINT (1 2)\n',
      'a\tgeometry\n5\t"POINT (1 2)"',
      '\ufeff"a","wkt"\r\n5,POINT (1 2)\r\n\r\n',
    ]) {
      const { features } = await read(content);
      assert.deepEqual(features, [{ type: 'Feature', properties: { a: 5 }, geometry: point }], content);
    }
  });

  it('is in CRS84, or in the CRS that all geometries name', async () => {
    assert.equal((await read('WKT\nPOINT (1 2)')).crs.name, Crs84);
    assert.equal((await read('WKT\nSRID=28992;POINT (1 2)\n""\n')).crs.name, 'EPSG:28992');
    await assert.rejects(
      read('WKT\nSRID=28992;POINT (1 2)\nSRID=3857;POINT (1 2)'),
      /row 2 is in EPSG:3857, others/,
    );
  });

  it('may be missing at the end of a row, or too many, which is told', async () => {
    const context = makeRunContext();
    const source = bytesSource(Buffer.from('WKT,a,b\nPOINT (1 2),x,y,z\nPOINT (1 2)\nPOINT (1 2),x,y,\n'), {
      mediaType,
    });
    const { features } = await readLayer(source, context);
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [
        { a: 'x', b: 'y' },
        { a: null, b: null },
        { a: 'x', b: 'y' },
      ],
    );
    assert.deepEqual(context.logged.slice(0, 2), [
      'One row has more fields than there are columns; the extra ones were dropped: row 1 has 4 for 3 columns.',
      'One row has fewer fields than there are columns; the missing ones are null: row 2 has 1 for 3 columns.',
    ]);
  });

  it('may have well-known text that is not valid: these rows have no geometry, which is told', async () => {
    const context = makeRunContext();
    const source = bytesSource(Buffer.from('wkt,a\nPolygon(),1\nPoint (1 2),2\nPolygon,3\n'), {
      mediaType,
    });
    const { features } = await readLayer(source, context);
    assert.deepEqual(
      features.map(({ geometry }) => geometry?.type),
      [undefined, 'Point', undefined],
    );
    assert.equal(
      context.logged[0],
      '2 rows have well-known text that is not valid, so their geometry is null: row 1: expected the type of a geometry at character 9, but found ")".',
    );
  });

  it('may have curves that are none: these rows have no geometry, which is told', async () => {
    const context = makeRunContext();
    const rows = [
      'COMPOUNDCURVE((0 0,1 0),CIRCULARSTRING(5 0,6 1,7 0))',
      'CIRCULARSTRING(0 0,1e308 1,2 0)',
      'COMPOUNDCURVE(CIRCULARSTRING EMPTY,(1 1,2 2))',
    ];
    const text = ['wkt,a', ...rows.map((row) => `"${row}",1`), ''].join('\n');
    const { features } = await readLayer(bytesSource(Buffer.from(text), { mediaType }), context);
    assert.deepEqual(
      features.map(({ geometry }) => geometry?.type),
      [undefined, undefined, 'LineString'],
    );
    assert.match(
      context.logged[0] ?? '',
      /^2 rows have .*: row 1: the parts of a compound curve are not contiguous: one ends at 1 0, and the next begins at 5 0\.$/,
    );
  });

  it('may have curves, also with heights, which become lines', async () => {
    const context = makeRunContext();
    const rows = [
      'CIRCULARSTRING(0 0,1 1,2 0)',
      'CIRCULARSTRINGZ(0 0 1,1 1 2,2 0 3)',
      'CIRCULARSTRINGM(0 0 1,1 1 2,2 0 3)',
    ];
    const text = `wkt\n${rows.map((row) => `"${row}"`).join('\n')}\n`;
    const { features } = await readLayer(bytesSource(Buffer.from(text), { mediaType }), context);
    assert.deepEqual(
      features.map(({ geometry }) => geometry?.type === 'LineString' && geometry.coordinates.length),
      [46, 46, 46],
    );
    assert.deepEqual(
      features.map(({ geometry }) => geometry?.type === 'LineString' && geometry.coordinates.at(-1)),
      [
        [2, 0],
        [2, 0, 3],
        [2, 0],
      ],
    );
    assert.deepEqual(context.logged.slice(0, 2), [
      'M values were dropped: layers have X, Y and Z coordinates only.',
      'The file has curves, which were linearized with about 4 degrees of arc between vertices.',
    ]);
  });

  it('may have quotes inside of words', async () => {
    assert.deepEqual(await column('a "b" c', '5" pipe'), ['a "b" c', '5" pipe']);
  });

  it('is written with quotes where they are needed', async () => {
    const features: LayerFeature[] = [
      { type: 'Feature', id: 'f', properties: { text: '1', n: 1, b: true, o: { c: [1] } }, geometry: null },
      {
        type: 'Feature',
        id: 'g',
        properties: { text: 'a,"b"\n', n: 2.5, b: null, o: '' },
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
    ];
    const { bytes } = await writeLayer({ features, crs: crsFrom('EPSG:28992') }, mediaType);
    assert.equal(
      Buffer.from(bytes).toString(),
      [
        'WKT,id,text,n,b,o',
        ',f,"1",1,true,"{""c"":[1]}"',
        '"LINESTRING (1 2, 3 4)",g,"a,""b""\n",2.5,,""',
        '',
      ].join('\r\n'),
    );
  });

  it('keeps features without anything, and a property with the name of the geometries', async () => {
    const features: LayerFeature[] = [{ type: 'Feature', properties: {}, geometry: null }];
    const { bytes } = await writeLayer({ features, crs: crs84 }, mediaType);
    assert.deepEqual(
      (await readLayer(bytesSource(bytes, { mediaType }), makeRunContext())).features,
      features,
    );
    const named = await writeLayer(
      { features: [{ ...features[0]!, properties: { WKT: 'x' } }], crs: crs84 },
      mediaType,
    );
    assert.equal(Buffer.from(named.bytes).toString(), 'WKT,WKT_2\r\n,x\r\n');
  });

  it('is read as Windows-1252 where it is not UTF-8, which is said', async () => {
    const context = makeRunContext();
    const bytes = Buffer.from('WKT,a\nPOINT (1 2),C\xf4te\n', 'latin1');
    const { features } = await readLayer(bytesSource(bytes, { mediaType }), context);
    assert.deepEqual(features[0]!.properties, { a: 'C\u00f4te' });
    assert.match(context.logged.join(' '), /read as Windows-1252, because it is not UTF-8/);
  });

  it('has names as GDAL gives them for columns without one, unless there is nothing in them', async () => {
    const { features } = await read(',WKT,a,\n7,POINT (1 2),b,\n8,POINT (1 2),c,\n');
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [
        { field_1: 7, a: 'b' },
        { field_1: 8, a: 'c' },
      ],
    );
  });

  it('may end its rows in several ways, of which none becomes part of a value', async () => {
    const { features } = await read('WKT,a\nPOINT (1 2),b\r\nPOINT (1 2),c\nPOINT (1 2),d\r\n');
    assert.deepEqual(
      features.map(({ properties }) => properties['a']),
      ['b', 'c', 'd'],
    );
    const other = await read('WKT,a\r\nPOINT (1 2),b\r\nPOINT (1 2),c\n');
    assert.deepEqual(
      other.features.map(({ properties }) => properties['a']),
      ['b', 'c'],
    );
  });

  it('is refused where it is broken, naming the row', async () => {
    for (const [content, reason] of [
      ['', /neither a geometry column "WKT" nor.*; its columns: none/],
      ['a,b\n1,2', /geometry column "WKT".*a, b/],
      ['WKT,a\nPOINT (1 2),1\nPOINT (x),2', /truncated: the geometry of row 2: expected a position/],
      ['WKT,a\nPOINT (x),1\nPOINT (y),2\n', /geometry of row 1: expected a position/],
      ['WKT\n"POLYGON((5 52"', /: the geometry of row 1: expected/],
      ['WKT,a\n"POINT', /[Qq]uote/],
      ['WKT\nPOINT (1 95)', /latitude/],
    ] as const)
      await assert.rejects(read(content), reason);
    await assert.rejects(
      readLayer(bytesSource(Buffer.from([0xff, 0xfe, 0x57, 0]), { mediaType }), makeRunContext()),
      /not UTF-8/,
    );
  });
});
