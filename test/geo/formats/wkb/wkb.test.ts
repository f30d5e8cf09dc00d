import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Polygon } from 'geojson';
import { CurveError, geometryFromWkb, WkbError, WkbWriter } from '../../../../geo/formats/wkb/wkb.ts';
import { geometries } from '../arbitraries.ts';

const encodeGeometry = (geometry: Geometry) => new WkbWriter().write(geometry).slice();

describe('well-known binary', () => {
  it('holds every geometry', () => {
    fc.assert(
      fc.property(geometries, (geometry) =>
        assert.deepEqual(geometryFromWkb(encodeGeometry(geometry)), geometry),
      ),
    );
  });

  it('is that of ISO 13249', () => {
    const hex = Buffer.from(encodeGeometry({ type: 'Point', coordinates: [1, 2, 3] })).toString('hex');
    assert.equal(hex, '01e9030000000000000000f03f00000000000000400000000000000840');
  });

  it('is read in both byte orders, and with the flags of PostGIS', () => {
    const expected = { type: 'Point', coordinates: [1, 2] };
    assert.deepEqual(
      geometryFromWkb(Buffer.from('00000000013ff00000000000004000000000000000', 'hex')),
      expected,
    );
    const withSrid = '0101000020e6100000000000000000f03f0000000000000040';
    assert.deepEqual(geometryFromWkb(Buffer.from(withSrid, 'hex')), expected);
    const withMeasure = '01d1070000000000000000f03f00000000000000400000000000000840';
    assert.deepEqual(geometryFromWkb(Buffer.from(withMeasure, 'hex')), expected);
  });

  it('has empty geometries', () => {
    for (const geometry of [
      { type: 'Point', coordinates: [] },
      { type: 'Polygon', coordinates: [] },
      { type: 'GeometryCollection', geometries: [] },
    ] as Geometry[]) {
      assert.deepEqual(geometryFromWkb(encodeGeometry(geometry)), geometry);
    }
  });

  it('is refused where it is broken, and never read beyond its end', () => {
    assert.throws(() => geometryFromWkb(new Uint8Array()), WkbError);
    assert.throws(() => geometryFromWkb(Buffer.from('0112000000', 'hex')), /type 18 is not known/);
    assert.throws(() => geometryFromWkb(Buffer.from('0102000000ffffffff', 'hex')), /ends before/);
    fc.assert(
      fc.property(geometries, fc.nat(), (geometry, cut) => {
        const bytes = encodeGeometry(geometry);
        assert.throws(() => geometryFromWkb(bytes.subarray(0, cut % bytes.length)), WkbError);
      }),
    );
  });

  it('is left to others where it is curved', () => {
    for (const code of [8, 9, 10, 11, 12, 13, 14, 1008, 2009, 3010]) {
      const bytes = Buffer.from('0100000000', 'hex');
      bytes.writeUInt32LE(code, 1);
      assert.throws(() => geometryFromWkb(bytes), CurveError, String(code));
    }
  });

  it('has surfaces of polygons and triangles as MultiPolygons', () => {
    const polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    } as Geometry;
    const part = Buffer.from(encodeGeometry(polygon));
    const triangle = Buffer.from(part);
    triangle.writeUInt32LE(17, 1);
    assert.deepEqual(geometryFromWkb(triangle), polygon);
    for (const [code, piece] of [
      [15, part],
      [16, triangle],
    ] as const) {
      const surface = Buffer.concat([Buffer.from([1, code, 0, 0, 0, 1, 0, 0, 0]), piece]);
      const coordinates = [(polygon as Polygon).coordinates];
      assert.deepEqual(geometryFromWkb(surface), { type: 'MultiPolygon', coordinates });
    }
  });

  it('is refused where it is nested without end', () => {
    const nested = Buffer.concat(Array.from({ length: 100 }, () => Buffer.from('010700000001000000', 'hex')));
    assert.throws(() => geometryFromWkb(nested), /nested/);
  });
});
