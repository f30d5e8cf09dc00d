import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pastedGeometries, pasteWkt } from '../../../../core/forms/both-sides/pasted-wkt.ts';

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
