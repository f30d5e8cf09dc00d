import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { geometryFromWkt, WktError, wktFromGeometry } from '../../../../geo/formats/wkt/wkt.ts';
import { CurveError } from '../../../../geo/geometry/arcs.ts';
import { geometries } from '../arbitraries.ts';

/** That well-known text holds every geometry, and that the dialects in use are read. */
describe('well-known text', () => {
  it('holds every geometry with all digits', () => {
    fc.assert(
      fc.property(geometries, (geometry) =>
        assert.deepEqual(geometryFromWkt(wktFromGeometry(geometry)), { geometry, srid: undefined }),
      ),
    );
  });

  it('is that of OGC 06-103r4', () => {
    const written: [Geometry, string][] = [
      [{ type: 'Point', coordinates: [1.5, -2e-9, 3] }, 'POINT Z (1.5 -2e-9 3)'],
      [
        {
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
        'MULTIPOINT ((1 2), (3 4))',
      ],
      [
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
        'POLYGON ((0 0, 1 0, 1 1, 0 0))',
      ],
      [{ type: 'Point', coordinates: [] }, 'POINT EMPTY'],
      [{ type: 'MultiPolygon', coordinates: [] }, 'MULTIPOLYGON EMPTY'],
      [
        { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] },
        'GEOMETRYCOLLECTION (POINT (1 2))',
      ],
    ];
    for (const [geometry, text] of written) {
      assert.equal(wktFromGeometry(geometry), text);
      assert.deepEqual(geometryFromWkt(text).geometry, geometry);
    }
  });

  it('is read in the dialects of others', () => {
    const read = (text: string) => geometryFromWkt(text).geometry;
    const point = { type: 'Point', coordinates: [1, 2] };
    const high = { type: 'Point', coordinates: [1, 2, 3] };
    assert.deepEqual(read(' point(1 2) '), point);
    assert.deepEqual(read('POINT M (1 2 9)'), point);
    assert.deepEqual(read('POINTM(1 2 9)'), point);
    assert.deepEqual(read('POINT(1 2 3)'), high);
    assert.deepEqual(read('POINTZ (1 2 3)'), high);
    assert.deepEqual(read('POINT ZM (1 2 3 4)'), high);
    assert.deepEqual(read('MULTIPOINT (1 2, 3 4)'), {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    });
    assert.deepEqual(geometryFromWkt('SRID=28992;POINT(1 2)'), { geometry: point, srid: 28992 });
  });

  it('gives heights to all positions where some have one', () => {
    const mixed: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1, 5],
      ],
    };
    assert.equal(wktFromGeometry(mixed), 'LINESTRING Z (0 0 0, 1 1 5)');
  });

  it('has surfaces of triangles as MultiPolygons', () => {
    const coordinates = [
      [
        [
          [0, 0, 1],
          [1, 0, 1],
          [0, 1, 1],
          [0, 0, 1],
        ],
      ],
    ];
    assert.deepEqual(geometryFromWkt('TIN Z (((0 0 1, 1 0 1, 0 1 1, 0 0 1)))').geometry, {
      type: 'MultiPolygon',
      coordinates,
    });
  });

  it('is refused where it is broken', () => {
    for (const text of [
      '',
      'POINT',
      'POINT (1)',
      'POINT (1 2',
      'POINT (1 2) x',
      'LINESTRING (1 2, )',
      'POINT (1 2 3 4 5)',
    ])
      assert.throws(() => geometryFromWkt(text), WktError, text);
    assert.throws(
      () => geometryFromWkt('POINT (1 a)'),
      /two to four numbers at character 9, but found "a\)"/,
    );
    assert.throws(() => geometryFromWkt('SPHERE (0 0, 1)'), /SPHERE is not supported/);
    assert.throws(() => geometryFromWkt('CURVEPOLYGON (POINT (1 2))'), /a part that is a LineString/);
    assert.throws(() => geometryFromWkt('GEOMETRYCOLLECTION ('.repeat(100)), /nested/);
  });

  it('has lines and polygons in the place of curves', () => {
    const told: number[] = [];
    const read = (text: string) => geometryFromWkt(text, (vertices) => told.push(vertices)).geometry;
    const half = read('CIRCULARSTRING Z (0 0 5, 1 1 6, 2 0 7)');
    assert.ok(half.type === 'LineString');
    assert.equal(half.coordinates.length, 46);
    assert.deepEqual(told, [0, 45]);
    assert.deepEqual(read('CIRCULARSTRINGZ(0 0 5,1 1 6,2 0 7)'), half);
    const closed = [...half.coordinates, [0, 0, 5]];
    const compound = '(CIRCULARSTRINGZ (0 0 5, 1 1 6, 2 0 7), (2 0 7, 0 0 5))';
    assert.deepEqual(read(`COMPOUNDCURVE Z ${compound}`), { type: 'LineString', coordinates: closed });
    assert.deepEqual(read(`CURVEPOLYGON Z (COMPOUNDCURVE Z ${compound})`), {
      type: 'Polygon',
      coordinates: [closed],
    });
    assert.deepEqual(read(`MULTICURVE Z (COMPOUNDCURVE Z ${compound}, (1 2 3, 4 5 6))`), {
      type: 'MultiLineString',
      coordinates: [
        closed,
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    });
    assert.deepEqual(read('COMPOUNDCURVE (CIRCULARSTRING EMPTY, (1 1, 2 2))'), read('LINESTRING (1 1, 2 2)'));
    for (const wrong of [
      'COMPOUNDCURVE ((0 0, 1 0), CIRCULARSTRING (5 0, 6 1, 7 0))',
      'CIRCULARSTRING (0 0, 1e308 1, 2 0)',
      'CIRCULARSTRING (0 0, 1e999 1, 2 0)',
    ])
      assert.throws(() => read(wrong), CurveError, wrong);
    const square = '((0 0, 1 0, 1 1, 0 0))';
    const plain = read(`POLYGON ${square}`);
    assert.deepEqual(read(`MULTISURFACE (${square}, CURVEPOLYGON ${square}, POLYGON ${square})`), {
      type: 'MultiPolygon',
      coordinates: Array(3).fill((plain as { coordinates: unknown }).coordinates),
    });
    assert.deepEqual(read('MULTISURFACE EMPTY'), { type: 'MultiPolygon', coordinates: [] });
  });
});
