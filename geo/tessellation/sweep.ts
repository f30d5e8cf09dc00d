import { itemAt } from '../../core/shared/item-at.ts';
import { orientation } from './predicates.ts';
import type { Triangulation } from './triangulation.ts';

/** An edge of the hull, which runs counter-clockwise; it leads from its point to that of the next. */
interface HullEdge {
  readonly point: number;
  next: HullEdge;
  previous: HullEdge;
  /** The edge of a triangle inside that runs the same way; -1 where there is none yet. */
  inner: number;
  /** Of the first points, which lie on a line: the edge of the hull that runs back on its other side. */
  back?: HullEdge;
}

/**
 * Some triangulation of different points, none where all lie on a line: from west to east, each point is joined to
 * the part of the hull that it sees. By exact predicates, hence right for any points.
 *
 * @param xy x and y of each point in turn.
 */
export function sweptTriangulation(xy: Float64Array): Triangulation {
  const order = Array.from({ length: xy.length / 2 }, (_, point) => point);
  order.sort(
    (one, other) =>
      (xy[one * 2] ?? 0) - (xy[other * 2] ?? 0) || (xy[one * 2 + 1] ?? 0) - (xy[other * 2 + 1] ?? 0),
  );
  const first = order.findIndex(
    (point, index) => index > 1 && orientation(xy, order[0] ?? 0, order[1] ?? 0, point) !== 0,
  );
  const triangles: number[] = [];
  const twins: number[] = [];
  if (first !== -1) {
    let last = makeLineHull(order.slice(0, first));
    for (const point of order.slice(first)) last = joined(point, last, xy, triangles, twins);
  }
  return { triangles: Uint32Array.from(triangles), twins: Int32Array.from(twins) };
}

/** A hull without area: there along the line and back. Gives the edge that leaves its last point. */
function makeLineHull(line: readonly number[]): HullEdge {
  const edges = [...line.slice(0, -1), ...line.slice(1).reverse()].map(
    (point) => ({ point, inner: -1 }) as HullEdge,
  );
  for (const [index, edge] of edges.entries()) {
    edge.previous = edges.at(index - 1) ?? edge;
    edge.previous.next = edge;
    edge.back = itemAt(edges, edges.length - 1 - index);
  }
  return itemAt(edges, line.length - 1);
}

/** Joins the next point to what it sees of the hull, on both sides of the last; gives the edge that leaves it. */
function joined(
  point: number,
  last: HullEdge,
  xy: Float64Array,
  triangles: number[],
  twins: number[],
): HullEdge {
  const isSeen = (edge: HullEdge) => orientation(xy, edge.point, edge.next.point, point) < 0;
  let [from, to] = [last, last];
  while (isSeen(from.previous)) from = from.previous;
  while (isSeen(to)) to = to.next;

  const link = (edge: number, twin: number): void => {
    twins[edge] = twin;
    if (twin !== -1) twins[twin] = edge;
  };
  // Of the triangle before: its edge that leads from the point back to the hull.
  let inwards = -1;
  const start = triangles.length;
  for (let edge = from; edge !== to; edge = edge.next) {
    const triangle = triangles.length;
    triangles.push(edge.point, point, edge.next.point);
    link(triangle, inwards);
    inwards = triangle + 1;
    twins[inwards] = -1;
    link(triangle + 2, edge.inner);
    if (edge.inner === -1 && edge.back) edge.back.inner = triangle + 2;
  }
  const arriving: HullEdge = { point: from.point, inner: start, previous: from.previous, next: to };
  const leaving: HullEdge = { point, inner: inwards, previous: arriving, next: to };
  arriving.next = leaving;
  from.previous.next = arriving;
  to.previous = leaving;
  return leaving;
}
