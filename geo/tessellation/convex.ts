import type { Bounds } from '../geometry/bounds.ts';

export type Vertex = readonly [x: number, y: number];

/** Twice the signed area of a triangle; positive where it is counter-clockwise. */
const turn = (a: Vertex, b: Vertex, c: Vertex): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/**
 * The convex hull of vertices, counter-clockwise, without repeating the first; empty where they have no area. By
 * Andrew's monotone chains (1979).
 */
export function convexHull(vertices: readonly Vertex[]): Vertex[] {
  const sorted = [...vertices].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const chain = (ordered: readonly Vertex[]): Vertex[] => {
    const kept: Vertex[] = [];
    for (const vertex of ordered) {
      let last = kept.at(-1);
      let before = kept.at(-2);
      while (last && before && turn(before, last, vertex) <= 0) {
        kept.pop();
        last = before;
        before = kept.at(-2);
      }
      kept.push(vertex);
    }
    return kept.slice(0, -1);
  };
  const hull = [...chain(sorted), ...chain(sorted.toReversed())];
  return hull.length < 3 ? [] : hull;
}

/**
 * The part of a convex polygon inside a box, counter-clockwise as it was given, without repeating the first vertex;
 * empty where they do not overlap. By Sutherland and Hodgman (1974). Polygons that share an edge get the very same
 * vertex where it crosses the box.
 */
export function clippedTo([xmin, ymin, xmax, ymax]: Bounds, polygon: readonly Vertex[]): readonly Vertex[] {
  if (polygon.every(([x, y]) => x >= xmin && x <= xmax && y >= ymin && y <= ymax)) return polygon;
  const west = cut(polygon, 0, (x) => x >= xmin, xmin);
  const east = cut(west, 0, (x) => x <= xmax, xmax);
  const south = cut(east, 1, (y) => y >= ymin, ymin);
  const north = cut(south, 1, (y) => y <= ymax, ymax);
  return convexHull(north);
}

function cut(
  polygon: readonly Vertex[],
  axis: 0 | 1,
  isInside: (coordinate: number) => boolean,
  border: number,
): Vertex[] {
  return polygon.flatMap((vertex, index) => {
    const before = polygon.at(index - 1) ?? vertex;
    const inside = isInside(vertex[axis]);
    const crosses = inside !== isInside(before[axis]);
    return [...(crosses ? [crossing(before, vertex, axis, border)] : []), ...(inside ? [vertex] : [])];
  });
}

/** Where an edge meets a border; computed from the lesser end, so that both of its sides get the same digits. */
function crossing(one: Vertex, other: Vertex, axis: 0 | 1, border: number): Vertex {
  const [from, to] = one[axis] < other[axis] ? [one, other] : [other, one];
  const share = (border - from[axis]) / (to[axis] - from[axis]);
  return axis === 0
    ? [border, from[1] + share * (to[1] - from[1])]
    : [from[0] + share * (to[0] - from[0]), border];
}

/** A polygon ring of GeoJSON: the first vertex is repeated. */
export const closeRing = (polygon: readonly Vertex[]): [number, number][] =>
  [...polygon, ...polygon.slice(0, 1)].map(([x, y]) => [x, y]);
