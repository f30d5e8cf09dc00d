import { nextEdge } from './flips.ts';
import { orientation } from './predicates.ts';
import type { Triangulation } from './triangulation.ts';

/** Corners of neighbours that are closer than this, in [-1, 1], are one: sites on a circle share a corner. */
const SAME = 4e-15;

/** Centres of the circles around the triangles, in order; those that should be one are. */
export function computeCellCorners(
  coordinates: Float64Array,
  { triangles, twins }: Triangulation,
): [number, number][] {
  const centres = Array.from({ length: triangles.length / 3 }, (_, triangle) =>
    circumcentre(coordinates, triangles.subarray(triangle * 3, triangle * 3 + 3)),
  );
  const leader = centres.map((_, triangle) => triangle);
  const findLeader = (triangle: number): number => {
    let at = triangle;
    while (leader[at] !== at) at = leader[at] = leader[leader[at] ?? 0] ?? 0;
    return at;
  };
  for (const [edge, twin] of twins.entries()) {
    if (twin < edge) continue;
    const [one, other] = [findLeader(Math.floor(edge / 3)), findLeader(Math.floor(twin / 3))];
    const [ax = 0, ay = 0] = centres[one] ?? [];
    const [bx = 0, by = 0] = centres[other] ?? [];
    if (Math.abs(ax - bx) <= SAME && Math.abs(ay - by) <= SAME) leader[other] = one;
  }
  return centres.map((centre, triangle) => centres[findLeader(triangle)] ?? centre);
}

function circumcentre(coordinates: Float64Array, corners: Uint32Array): [number, number] {
  const [a, b, c] = corners as unknown as [number, number, number];
  const [ax, ay] = [coordinates[a * 2] ?? 0, coordinates[a * 2 + 1] ?? 0];
  const [bx, by] = [(coordinates[b * 2] ?? 0) - ax, (coordinates[b * 2 + 1] ?? 0) - ay];
  const [cx, cy] = [(coordinates[c * 2] ?? 0) - ax, (coordinates[c * 2 + 1] ?? 0) - ay];
  const [bb, cc] = [bx * bx + by * by, cx * cx + cy * cy];
  // Right to the last digits, also where the three are almost on a line.
  const twice = 2 * orientation(coordinates, a, b, c);
  return [ax + (cy * bb - by * cc) / twice, ay + (bx * cc - cx * bb) / twice];
}

/** The triangles around each of the first `count` points, in turn. None of them may lie on the hull. */
export function trianglesAround(count: number, { triangles, twins }: Triangulation): number[][] {
  // An edge that leads to each point: from there one goes round it.
  const incoming = new Int32Array(count).fill(-1);
  for (let edge = 0; edge < triangles.length; edge++) {
    const point = triangles[nextEdge(edge)] ?? 0;
    if (point < count && incoming[point] === -1) incoming[point] = edge;
  }
  return Array.from(incoming, (first) => {
    const around: number[] = [];
    let edge = first;
    do {
      around.push(Math.floor(edge / 3));
      edge = twins[nextEdge(edge)] ?? -1;
    } while (edge !== first);
    return around;
  });
}
