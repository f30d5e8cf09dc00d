import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../../../geo/geometry/bounds.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { clippedTo, closeRing, convexHull, type Vertex } from '../../../geo/tessellation/convex.ts';
import { distinctBy } from '../../../geo/tessellation/distinct.ts';
import { voronoiCells } from '../../../geo/tessellation/voronoi.ts';
import { areaDifference, isValid, oracle } from '../../processes/support/oracle.ts';

const geos = await loadGeos();
const polygon = (cell: readonly Vertex[]): Geometry => ({ type: 'Polygon', coordinates: [closeRing(cell)] });
const computeArea = (cell: readonly Vertex[]): number =>
  cell.length === 0 ? 0 : geos.scope((scope) => scope.area(scope.read(polygon(cell))));
const box: Bounds = [0, 0, 10, 8];
const boxArea = 80;

const makeSites = (coordinate: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 40 })
    .map((sites) => distinctBy(sites, (site) => site))
    .filter((sites) => sites.length > 1);
/**
 * Sites that are at least 1e-4 apart, or the same: the bisector of closer ones is known to fewer digits than are checked
 * here, because their own coordinates have no more.
 */
const anySites = fc.oneof(
  makeSites(fc.double({ min: -2, max: 12, noNaN: true }).map((value) => Math.round(value * 1e4) / 1e4)),
  makeSites(fc.integer({ min: -2, max: 12 })),
  makeSites(fc.integer({ min: 0, max: 20 }).map((steps) => 5 + steps * 1e-4)),
);

describe('Voronoi cells', () => {
  it('fill the box, are valid and convex, and hold the places nearest to their sites', () => {
    const places = fc.array(
      fc.tuple(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true })),
      { minLength: 5, maxLength: 5 },
    );
    fc.assert(
      fc.property(anySites, places, (sites, chosen) => {
        const cells = voronoiCells(sites, box);
        const total = cells.reduce((sum, cell) => sum + computeArea(cell), 0);
        assert.ok(Math.abs(total - boxArea) < 1e-9 * boxArea, `${total}`);
        for (const cell of cells) if (cell.length > 0) assert.ok(isValid(geos, polygon(cell)));
        for (const place of chosen) {
          const distances = sites.map(([x, y]) => Math.hypot(x - place[0], y - place[1]));
          const holders = cells.flatMap((cell, site) => (holds(cell, place) ? [site] : []));
          assert.ok(holders.length > 0);
          // Of a cell that is smaller than rounding nobody can tell on which side a place lies.
          const certain = holders.filter((site) => computeArea(cells[site]!) > 1e-12);
          for (const site of certain) assert.ok(distances[site]! - Math.min(...distances) < 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('have the very same vertices as their neighbours', () => {
    const sites = Array.from(
      { length: 100 },
      (_, index): Position => [(index % 10) * 0.7, Math.floor(index / 10) * 0.7],
    );
    const uses = new Map<string, number>();
    for (const cell of voronoiCells(sites, [-0.35, -0.35, 6.65, 6.65])) {
      for (const vertex of cell) uses.set(vertex.join(), (uses.get(vertex.join()) ?? 0) + 1);
    }
    // Of 11 x 11 corners those inside belong to 4 cells, those on the border to 2, those of the box to 1.
    const counts = Object.groupBy(uses.values(), String);
    assert.deepEqual(
      Object.entries(counts).map(([count, all]) => [count, all!.length]),
      [
        ['1', 4],
        ['2', 36],
        ['4', 81],
      ],
    );
  });

  it('have the areas of the fixture of 200 points', () => {
    const { input, params, expected } = oracle('voronoi');
    const areas = voronoiCells(input.coordinates, params.clip).map(computeArea);
    areas.sort((one, other) => one - other);
    assert.equal(areas.length, expected.count);
    for (const [index, area] of areas.entries()) {
      assert.ok(Math.abs(area - expected.clipped_areas_sorted[index]) < 1e-9 * area);
    }
  });

  it('are those of shapely', () => {
    let compared = 0;
    for (const { points, extent, cells } of Object.values<{
      points: Position[];
      extent: Bounds | null;
      cells: (Geometry | null)[];
    }>(oracle('voronoi_cells').sets)) {
      if (!extent) continue;
      for (const [index, cell] of voronoiCells(points, extent).entries()) {
        const expected = cells[index];
        assert.equal(cell.length === 0, !expected);
        if (!expected) continue;
        compared++;
        assert.ok(areaDifference(geos, polygon(cell), expected) < 1e-9);
      }
    }
    assert.equal(compared, 38);
  });
});

/** True when a place lies inside a counter-clockwise convex polygon or on its outline. */
function holds(cell: readonly Vertex[], [x, y]: readonly [number, number]): boolean {
  return (
    cell.length > 0 &&
    cell.every(([ax, ay], index) => {
      const [bx, by] = cell[(index + 1) % cell.length]!;
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -1e-12;
    })
  );
}

describe('convex polygons', () => {
  const vertices = fc.array(fc.tuple(fc.integer({ min: -5, max: 15 }), fc.integer({ min: -5, max: 15 })), {
    minLength: 3,
    maxLength: 12,
  });

  it('are clipped as GEOS clips them', () => {
    fc.assert(
      fc.property(vertices, (given) => {
        const hull = convexHull(given);
        fc.pre(hull.length > 0);
        const expected = geos.scope((scope) =>
          scope.area(
            scope.intersection(
              scope.read(polygon(hull)),
              scope.read(
                polygon([
                  [0, 0],
                  [10, 0],
                  [10, 8],
                  [0, 8],
                ]),
              ),
            ),
          ),
        );
        assert.ok(Math.abs(computeArea(clippedTo(box, hull)) - expected) < 1e-9);
      }),
    );
  });

  it('inside a box come back as they are, those outside are empty', () => {
    const inside: Vertex[] = [
      [1, 1],
      [3, 1],
      [2, 4],
    ];
    assert.equal(clippedTo(box, inside), inside);
    assert.deepEqual(
      clippedTo(box, [
        [11, 1],
        [13, 1],
        [12, 4],
      ]),
      [],
    );
    assert.deepEqual(
      convexHull([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
      [],
    );
  });
});
