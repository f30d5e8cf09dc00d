import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  pastedGeometries,
  pasteWkt,
  sourceOfPlainText,
} from '../../../../core/forms/both-sides/pasted-wkt.ts';

describe('pasted well-known text', () => {
  it('becomes a table of one column, from which a map reads the geometries again', () => {
    const pasted = pasteWkt('POINT(9 48)\r\nLINESTRING(0 0,\n 1 1)\n\n');
    assert.equal(pasted.value, 'WKT\n"POINT(9 48)"\n"LINESTRING(0 0,\n 1 1)"');
    assert.deepEqual(pastedGeometries(pasted), ['POINT(9 48)', 'LINESTRING(0 0,\n 1 1)']);
  });

  it('is told from other tables and from GeoJSON', () => {
    assert.equal(pastedGeometries({ value: 'WKT,name\n"POINT(9 48)",a', mediaType: 'text/csv' }), undefined);
    assert.equal(pastedGeometries({ type: 'Point', coordinates: [9, 48] }), undefined);
    assert.equal(pastedGeometries(undefined), undefined);
  });
});

describe('pasted text that is no JSON', () => {
  it('is what it begins as: well-known text, KML or an address', () => {
    for (const text of [
      'POINT(1 2)',
      'point z (1 2 3)',
      ' SRID=28992; MULTIPOLYGON EMPTY',
      'CIRCULARSTRING(0 0, 1 1, 2 0)',
      'GEOMETRYCOLLECTION(POINT(1 2))',
    ])
      assert.deepEqual(sourceOfPlainText(text), pasteWkt(text));
    const kml = '<kml></kml>';
    assert.deepEqual(sourceOfPlainText(kml), {
      value: kml,
      mediaType: 'application/vnd.google-earth.kml+xml',
    });
    assert.deepEqual(sourceOfPlainText(' https://example.org/a.fgb\n'), {
      href: 'https://example.org/a.fgb',
    });
  });

  it('is nothing else', () => {
    for (const text of ['hello', '52.1, 5.1', 'POINTS', 'name,lon,lat\na,1,2', 'ftp://example.org/a'])
      assert.equal(sourceOfPlainText(text), undefined, text);
  });
});
