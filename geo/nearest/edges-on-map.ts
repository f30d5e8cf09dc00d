import { shorterWay } from '../geodesy/long-edges.ts';
import type { EdgeTree } from './edge-tree.ts';

type Point = readonly [x: number, y: number];
type Edge = readonly [from: Point, to: Point];

/** Whether two edges cross where they are straight, in longitudes and latitudes, wherever these are counted from. */
export function crossOnMap(own: EdgeTree, one: number, others: EdgeTree, other: number): boolean {
  if (own.isPoint(one) || others.isPoint(other)) return false;
  const start = own.vertices[one] ?? 0;
  const origin = own.longitudes[start] ?? 0;
  const [from, to] = edgeFrom(own, start, origin);
  const [otherFrom, otherTo] = edgeFrom(others, others.vertices[other] ?? 0, origin);
  return (
    side(from, to, otherFrom) * side(from, to, otherTo) < 0 &&
    side(otherFrom, otherTo, from) * side(otherFrom, otherTo, to) < 0
  );
}

/** An edge that begins less than half a turn from a longitude, counted from there. */
function edgeFrom({ longitudes, latitudes }: EdgeTree, vertex: number, origin: number): Edge {
  const [longitude = 0, next = 0] = [longitudes[vertex], longitudes[vertex + 1]];
  const x = shorterWay(longitude - origin);
  return [
    [x, latitudes[vertex] ?? 0],
    [x + shorterWay(next - longitude), latitudes[vertex + 1] ?? 0],
  ];
}

/** On which side of an edge a point is: positive on the left. */
const side = ([x, y]: Point, [toX, toY]: Point, [pointX, pointY]: Point): number =>
  (toX - x) * (pointY - y) - (toY - y) * (pointX - x);
