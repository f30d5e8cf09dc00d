import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { countVertices } from '../../../geo/geometry/positions.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { convexHull } from '../../../geo/geos/hulls.ts';
import { outerVertices } from '../../../geo/per-feature/outer-vertices.ts';

const geos = await loadGeos();
const computeHull = (geometry: Geometry): Geometry =>
  geos.scope((scope) => scope.geometry(convexHull(scope, scope.read(geometry))));
const multiPoint = (coordinates: Position[]): Geometry => ({ type: 'MultiPoint', coordinates });
const vertices = (coordinate: fc.Arbitrary<number>, width = coordinate): fc.Arbitrary<Position[]> =>
  fc.array(
    fc.tuple(width, coordinate).map(([x, y]) => [x, y]),
    { minLength: 100, maxLength: 400 },
  );

const arrangements: Readonly<Record<string, fc.Arbitrary<Position[]>>> = {
  anywhere: vertices(fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 997)),
  'close to one another, far from the origin': vertices(
    fc.integer({ min: 0, max: 1000 }).map((steps) => 5_700_000 + steps * 1e-9),
  ),
  'on a grid, many on one line or one place': vertices(fc.integer({ min: 0, max: 6 })),
  'on a slope that rounding bends': vertices(fc.integer({ min: 1, max: 9 })).map((positions) =>
    positions.map(([x, y]) => [x! / 10, x! / 30 + (y! > 8 ? 1e-17 * y! : 0)]),
  ),
  'on a circle': fc
    .array(fc.integer({ min: 0, max: 3600 }), { minLength: 100, maxLength: 500 })
    .map((angles) =>
      angles.map((angle): Position => [Math.cos(angle / 573) * 1e5, Math.sin(angle / 573) * 1e5]),
    ),
  'above one another': vertices(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(3)),
  'beside one another': vertices(fc.constant(3), fc.double({ min: -1, max: 1, noNaN: true })),
};

describe('the vertices on the outside', () => {
  for (const [name, positions] of Object.entries(arrangements)) {
    it(`have the hull of all, bit for bit: ${name}`, () => {
      fc.assert(
        fc.property(positions, (coordinates) => {
          const geometry = multiPoint(coordinates);
          assert.deepEqual(computeHull(outerVertices(geometry)), computeHull(geometry));
        }),
      );
    });
  }

  it('are few of many', () => {
    const ring = Array.from({ length: 5000 }, (_, index): Position => {
      const radius = 1 - ((index * 7919) % 1000) / 50_000;
      return [Math.cos(index / 795.7) * radius, Math.sin(index / 795.7) * radius];
    });
    assert.ok(countVertices(outerVertices({ type: 'LineString', coordinates: ring })) < 1000);
  });

  it('of collections are those of all parts', () => {
    const parts = [0, 10].map((x) =>
      multiPoint(Array.from({ length: 100 }, (_, index) => [x + (index % 10), Math.floor(index / 10)])),
    );
    const geometry: Geometry = { type: 'GeometryCollection', geometries: parts };
    assert.deepEqual(computeHull(outerVertices(geometry)), computeHull(geometry));
  });

  it('are all of them where they are few or have heights', () => {
    const few = multiPoint([
      [0, 0],
      [1, 1],
    ]);
    assert.equal(outerVertices(few), few);
    const high = multiPoint(Array.from({ length: 200 }, (_, index) => [index % 14, index / 14, index]));
    assert.equal(outerVertices(high), high);
  });
});
