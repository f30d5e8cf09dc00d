import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { concaveHull } from '../../../geo/geos/hulls.ts';
import { concavePolygon } from '../../../geo/per-feature/concave-polygon.ts';

const geos = await loadGeos();
const coordinate = fc.double({ min: 400_000, max: 500_000, noNaN: true });
const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const multiPoint = (coordinates: number[][]): Geometry => ({ type: 'MultiPoint', coordinates });

describe('concave polygons', () => {
  it('are those of GEOS, of points that lie anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 60 }).map(multiPoint),
        ratio,
        (geometry, ratio) => {
          const hull = concavePolygon(geometry, ratio);
          geos.scope((scope) => {
            const expected = concaveHull(scope, scope.read(geometry), { ratio, allowHoles: false });
            if (!hull) return assert.equal(scope.area(expected), 0);
            const difference = scope.area(scope.symmetricDifference(scope.read(hull), expected));
            assert.ok(difference <= 1e-9 * scope.area(expected), `differ by ${difference}`);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('repeat no vertex, and begin where they end', () => {
    const square = [0, 0.5, 1].flatMap((x) => [0, 0.5, 1].map((y) => [x, y]));
    const hull = concavePolygon(multiPoint([...square, ...square]), 1);
    assert.equal(hull?.type, 'Polygon');
    const [ring = []] = hull?.type === 'Polygon' ? hull.coordinates : [];
    assert.equal(ring.length, 9);
    assert.deepEqual(ring[0], ring.at(-1));
    assert.equal(new Set(ring.map(String)).size, 8);
  });

  it('are left to GEOS where points have no area or have heights', () => {
    const line = [0, 1, 2, 3].map((x) => [x, x]);
    assert.equal(concavePolygon(multiPoint(line), 0.5), undefined);
    assert.equal(concavePolygon(multiPoint([]), 0.5), undefined);
    const high = [
      [0, 0, 1],
      [1, 0, 1],
      [0, 1, 2],
    ];
    assert.equal(concavePolygon(multiPoint(high), 0.5), undefined);
  });
});
