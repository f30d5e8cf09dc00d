import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { computeBounds } from '../../../geo/layer/layer.ts';
import { allTurnLeft, flipToDelaunay } from '../../../geo/tessellation/flips.ts';
import { isInCircle, orientation } from '../../../geo/tessellation/predicates.ts';
import { sweptTriangulation } from '../../../geo/tessellation/sweep.ts';
import {
  delaunayTriangles,
  type Triangulation,
  triangulated,
} from '../../../geo/tessellation/triangulation.ts';
import { oracle } from '../../processes/support/oracle.ts';

const listTriangles = ({ triangles }: Triangulation): string[] =>
  Array.from({ length: triangles.length / 3 }, (_, index) =>
    [...triangles.subarray(index * 3, index * 3 + 3)].sort((a, b) => a - b).join(),
  ).sort();

/** The edges without a twin run around once, and never turn to the right: nothing of the hull is left out. */
function assertConvex({ triangles, twins }: Triangulation, xy: Float64Array): void {
  const after = (edge: number) => edge - (edge % 3) + ((edge + 1) % 3);
  const following = new Map<number, number>();
  for (const [edge, twin] of twins.entries())
    if (twin === -1) following.set(triangles[edge]!, triangles[after(edge)]!);
  const [first] = following.keys();
  let point = first;
  for (let count = 0; count < following.size; count++) {
    const next = following.get(point!)!;
    assert.ok(orientation(xy, point!, next, following.get(next)!) >= 0);
    point = next;
  }
  assert.equal(point, first);
}

/** Checks by exact predicates: every triangle turns left, twins are twins, and no neighbour lies in a circle. */
function assertDelaunay(mesh: Triangulation, xy: Float64Array): void {
  const { triangles, twins } = mesh;
  assert.ok(allTurnLeft(mesh, xy));
  let hull = 0;
  for (const [edge, twin] of twins.entries()) {
    const next = edge - (edge % 3) + ((edge + 1) % 3);
    if (twin === -1) {
      hull++;
      continue;
    }
    assert.equal(twins[twin], edge);
    assert.equal(triangles[twin], triangles[next]);
    const opposite = triangles[twin - (twin % 3) + ((twin + 2) % 3)]!;
    const first = edge - (edge % 3);
    const [a, b, c] = [triangles[first]!, triangles[first + 1]!, triangles[first + 2]!];
    assert.ok(!isInCircle(xy, a, b, c, opposite));
  }
  assertConvex(mesh, xy);
  // Euler: every point is used, and there is one hull.
  assert.equal(new Set(triangles).size, xy.length / 2);
  assert.equal(triangles.length / 3, xy.length - 2 - hull);
}

/** Different points, of kinds that are hard for numbers: common circles, lines, and clusters of any size. */
const hardPoints = fc
  .record({
    size: fc.constantFrom(1, 1e-3, 1e-8, 1e-12, 1e-15),
    cells: fc.array(
      fc.record({
        centre: fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })),
        offset: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
      }),
      { minLength: 3, maxLength: 60 },
    ),
  })
  .map(({ size, cells }) => {
    const points = cells.map(({ centre, offset }) =>
      [0, 1].map((axis) => centre[axis]! / 3 + offset[axis]! * size * 0.1),
    );
    return [...new Map(points.map((point) => [point.join(), point])).values()];
  });

describe('a triangulation', () => {
  it('of any points is Delaunay by exact predicates, whichever way it was made', () => {
    fc.assert(
      fc.property(hardPoints, (points) => {
        const xy = Float64Array.from(points.flat());
        const swept = sweptTriangulation(xy);
        fc.pre(swept.triangles.length > 0);
        assert.ok(allTurnLeft(swept, xy));
        flipToDelaunay(swept, xy);
        assertDelaunay(swept, xy);
        assertDelaunay(triangulated(xy), xy);
      }),
      { numRuns: 300 },
    );
  });

  it('of points in general position is one and the same', () => {
    // Large whole numbers: four of them on a circle are as good as never drawn.
    const coordinate = fc.nat({ max: 2 ** 30 }).map((value) => value / 2 ** 30);
    const points = fc.uniqueArray(fc.tuple(coordinate, coordinate), {
      minLength: 3,
      maxLength: 50,
      selector: String,
    });
    fc.assert(
      fc.property(fc.noBias(points), (given) => {
        const xy = Float64Array.from(given.flat());
        const swept = sweptTriangulation(xy);
        flipToDelaunay(swept, xy);
        assert.deepEqual(listTriangles(triangulated(xy)), listTriangles(swept));
      }),
    );
  });

  it('of points on a line has no triangles', () => {
    const xy = Float64Array.of(0, 0, 3, 3, 1, 1, 2, 2);
    assert.equal(sweptTriangulation(xy).triangles.length, 0);
    assert.equal(triangulated(xy).triangles.length, 0);
  });

  it('holds for the coordinates as they are: three points on a line make no triangle', () => {
    const points = [
      [0.000002, 6],
      [0.000001, 5],
      [0, 0],
      [5, 0],
      [0, 4],
    ];
    const triangles = delaunayTriangles(points, [0, 0, 5, 6]);
    const xy = Float64Array.from(points.flat());
    assert.equal(orientation(xy, 0, 1, 4), 0);
    assert.ok(allTurnLeft({ triangles, twins: new Int32Array() }, xy));
    assert.equal(triangles.length / 3, 3);
  });

  it('of points nearly on lines, far off or tiny, has triangles with an area only, and all of the hull', () => {
    const step = fc.integer({ min: -4, max: 4 });
    const nearly = fc.record({
      shift: fc.constantFrom(0, 1e6, 1e15, 0.1),
      size: fc.constantFrom(1, 1e-6, 1e-9, 1e-300),
      steps: fc.uniqueArray(fc.tuple(step, step, fc.integer({ min: -1, max: 1 })), {
        minLength: 3,
        maxLength: 30,
        selector: String,
      }),
    });
    fc.assert(
      fc.property(nearly, ({ shift, size, steps }) => {
        const all = steps.map(([x, y, off]) => [shift + x * size + off * 1e-7 * y, shift + y]);
        const points = [...new Map(all.map((point) => [point.join(), point])).values()];
        const bounds = computeBounds([{ type: 'MultiPoint', coordinates: points }])!;
        const triangles = delaunayTriangles(points, bounds);
        const xy = Float64Array.from(points.flat());
        assert.ok(allTurnLeft({ triangles, twins: new Int32Array() }, xy));
        const swept = sweptTriangulation(xy);
        fc.pre(swept.triangles.length > 0);
        assertConvex(swept, xy);
        // As many triangles as the exact way has: both cover the hull of all points, without gaps.
        assert.equal(triangles.length, swept.triangles.length);
      }),
      { numRuns: 500, seed: 20260131 },
    );
  });

  const { sets } = oracle('delaunay_triangles');
  for (const [name, set] of Object.entries<{ points: Position[]; triangles: number[][] }>(sets)) {
    it(`has the triangles of shapely: ${name}`, () => {
      const bounds = computeBounds([{ type: 'MultiPoint', coordinates: set.points }])!;
      const actual = { triangles: delaunayTriangles(set.points, bounds), twins: new Int32Array() };
      const expected = { triangles: Uint32Array.from(set.triangles.flat()), twins: new Int32Array() };
      assert.deepEqual(listTriangles(actual), listTriangles(expected));
    });
  }
});
