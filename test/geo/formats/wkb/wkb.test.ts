import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Polygon } from 'geojson';
import { geometryFromWkb, WkbError, WkbWriter } from '../../../../geo/formats/wkb/wkb.ts';
import { CurveError } from '../../../../geo/geometry/arcs.ts';
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

  it('has lines and polygons in the place of curves, with heights and without measures', () => {
    const numbers = (...values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);
    const element = (code: number, count: number, ...content: readonly Uint8Array[]) => {
      const head = Buffer.from('010000000000000000', 'hex');
      head.writeUInt32LE(code, 1);
      head.writeUInt32LE(count, 5);
      return Buffer.concat([head, ...content]);
    };
    const half = (code: number) => element(code, 3, numbers(0, 0, 5, 1, 1, 6, 2, 0, 7));
    const rest = (code: number) => element(code, 2, numbers(2, 0, 7, 0, 0, 5));
    const told: number[] = [];
    const read = (bytes: Uint8Array) => geometryFromWkb(bytes, (vertices) => told.push(vertices));
    const curve = read(half(1008));
    assert.ok(curve.type === 'LineString');
    assert.equal(curve.coordinates.length, 46);
    assert.deepEqual(told, [0, 45]);
    assert.deepEqual(curve.coordinates.at(-1), [2, 0, 7]);
    assert.equal(Math.max(...curve.coordinates.map(({ length }) => length)), 3);
    const flat = read(half(2008));
    assert.ok(flat.type === 'LineString' && flat.coordinates.every(({ length }) => length === 2));
    const closed = [...curve.coordinates, [0, 0, 5]];
    const compound = element(1009, 2, half(1008), rest(1002));
    assert.deepEqual(read(compound), { type: 'LineString', coordinates: closed });
    const area = element(1010, 1, compound);
    assert.deepEqual(read(area), { type: 'Polygon', coordinates: [closed] });
    assert.deepEqual(read(element(1011, 2, half(1008), rest(1002))), {
      type: 'MultiLineString',
      coordinates: [
        curve.coordinates,
        [
          [2, 0, 7],
          [0, 0, 5],
        ],
      ],
    });
    assert.deepEqual(read(element(1012, 1, area)), { type: 'MultiPolygon', coordinates: [[closed]] });
    for (const code of [13, 14]) assert.throws(() => read(element(code, 0)), /is not known/);
    assert.deepEqual(read(element(1009, 2, element(1008, 0), rest(1002))), read(rest(1002)));
    const notANumber = element(8, 3, numbers(0, 0, Number.NaN, 1, 2, 0));
    for (const wrong of [element(1009, 2, rest(1002), rest(1002)), notANumber])
      assert.throws(() => read(wrong), CurveError);
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
