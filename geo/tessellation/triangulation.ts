import Delaunator from 'delaunator';
import type { Position } from 'geojson';
import { greatest } from '../../core/shared/arrays.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { distinctBy } from './distinct.ts';
import { allTurnLeft, flipToDelaunay } from './flips.ts';
import { sweptTriangulation } from './sweep.ts';

/** Coordinates as the algorithms want them: near 0, and near 1 in size. */
export interface Frame {
  inside(position: Position): [number, number];
  outside(position: readonly [number, number]): [number, number];
}

/** Moves bounds about the origin and scales them by a power of two, which loses no digits, into [-1, 1]. */
export function makeFrame([xmin, ymin, xmax, ymax]: Bounds): Frame {
  const [cx, cy] = [(xmin + xmax) / 2, (ymin + ymax) / 2];
  const half = Math.max(xmax - xmin, ymax - ymin) / 2 || 1;
  const scale = 2 ** Math.ceil(Math.log2(half));
  return {
    inside: ([x = 0, y = 0]) => [(x - cx) / scale, (y - cy) / scale],
    outside: ([x, y]) => [x * scale + cx, y * scale + cy],
  };
}

export interface Triangulation {
  /** Three indices of points per triangle, counter-clockwise. */
  readonly triangles: Uint32Array;
  /** Per edge (from its point to the next of its triangle) the edge that runs the other way, -1 on the hull. */
  readonly twins: Int32Array;
}

/**
 * The Delaunay triangulation of different points, none where all lie on a line; of points on one circle one of those
 * that are possible. The library decides by rounded numbers, which is fast and fails for clusters of points that are
 * tiny against the whole: its result is checked, and where it is wrong corrected, with exact predicates.
 *
 * @param coordinates x and y of each point in turn.
 */
export function triangulated(coordinates: Float64Array): Triangulation {
  const { triangles, halfedges } = new Delaunator(coordinates);
  const fast = reversed(triangles, halfedges);
  const whole = new Set(triangles).size * 2 === coordinates.length;
  const start = whole && allTurnLeft(fast, coordinates) ? fast : sweptTriangulation(coordinates);
  flipToDelaunay(start, coordinates);
  return start;
}

/** The library turns clockwise where y grows to the north. */
function reversed(triangles: Uint32Array, twins: Int32Array): Triangulation {
  // Corners a b c become a c b; the edge ab is then the third, bc the second, ca the first.
  const edges = [2, 1, 0];
  const renamed = (edge: number): number => (edge < 0 ? edge : edge - (edge % 3) + (edges[edge % 3] ?? 0));
  return {
    triangles: triangles.map((_, edge) => triangles[edge - (edge % 3) + ([0, 2, 1][edge % 3] ?? 0)] ?? 0),
    twins: twins.map((_, edge) => renamed(twins[renamed(edge)] ?? -1)),
  };
}

/** The places of points in a frame, of those that fall on one place the first. */
export function placePoints(
  points: readonly Position[],
  frame: Frame,
): { readonly places: readonly (readonly [number, number])[]; readonly indices: readonly number[] } {
  const framed = points.map(frame.inside);
  const indices = distinctBy(framed.keys(), (index) => itemAt(framed, index));
  return { places: indices.map((index) => itemAt(framed, index)), indices };
}

/**
 * Delaunay triangles of different points within bounds, as indices of their corners, counter-clockwise. They hold for the
 * very coordinates of the points: these are scaled by a power of two and not moved, which would round them, so that points
 * on a line would not be on one any more.
 */
export function delaunayTriangles(points: readonly Position[], bounds: Bounds): Uint32Array {
  const largest = greatest(bounds.map(Math.abs)) || 1;
  const scale = 2 ** Math.ceil(Math.log2(largest));
  const coordinates = new Float64Array(points.length * 2);
  for (const [index, [x = 0, y = 0]] of points.entries()) {
    coordinates[index * 2] = x / scale;
    coordinates[index * 2 + 1] = y / scale;
  }
  return triangulated(coordinates).triangles;
}
