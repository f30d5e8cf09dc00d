import FlatQueue from 'flatqueue';
import { leastGeodesic, leastOverAntipode } from './chords.ts';
import { type EdgeTree, kinds } from './edge-tree.ts';
import { chordBetweenEdges, closestOnEdge } from './edges-in-space.ts';
import { crossOnMap } from './edges-on-map.ts';
import { metresBetween, metresToEdge } from './geodesic-distance.ts';
import type { Breathe } from './k-nearest.ts';

/** The nearest geometries so far. */
export interface Found {
  /** Metres beyond which others do not matter. */
  readonly bound: number;
  /** Metres beyond which nothing of a geometry matters any more. */
  boundOf(owner: number): number;
  /** Whether a geometry that is no nearer than some metres may still change what is found. */
  matters(owner: number, least: number): boolean;
  take(owner: number, metres: number): void;
}

/** Chord beyond which the antipode says more of the distance than the chord does, in metres. */
const FAR = 9_000_000;
/** Pairs between which others may run. */
const SLICE = 64;

/**
 * Finds the geometries nearest to another one: pairs of boxes, of which the nearest come first, down to edges. Of two edges
 * that do not cross, an end of one is nearest to the other: as on geodesics, and on what is straight in longitudes and latitudes too, as the
 * distance between two of these that are both perpendicular to the way between them is nowhere a least one.
 */
export async function findClosest(
  own: EdgeTree,
  others: EdgeTree,
  found: Found,
  breathe: Breathe,
): Promise<void> {
  if (own.count === 0 || others.count === 0) return;
  const queue = new FlatQueue();
  const size = others.root + 1;
  const push = (one: number, other: number): void => {
    const least = leastMetres(own, one, others, other);
    if (least <= found.bound) queue.push(one * size + other, least);
  };
  push(own.root, others.root);
  for (let step = 1; ; step++) {
    const least = queue.peekValue();
    const pair = queue.pop();
    if (pair === undefined || least === undefined || least > found.bound) return;
    if (step % SLICE === 0) await breathe();
    const [one, other] = [Math.floor(pair / size), pair % size];
    const [isNode, isOtherNode] = [own.isNode(one), others.isNode(other)];
    if (isNode && (!isOtherNode || own.sizeOf(one) > others.sizeOf(other))) {
      const end = own.endOfChildren(one);
      for (let child = own.firstChild(one); child < end; child++) push(child, other);
    } else if (isOtherNode) {
      const end = others.endOfChildren(other);
      for (let child = others.firstChild(other); child < end; child++) push(one, child);
    } else {
      const owner = others.owners[other] ?? 0;
      if (!found.matters(owner, least)) continue;
      const bound = found.boundOf(owner);
      const metres = metresBetweenItems(own, one, others, other, bound);
      if (metres <= bound) found.take(owner, metres);
    }
  }
}

/** Metres that no two places of two boxes are nearer; of edges, by their chords. */
function leastMetres(own: EdgeTree, one: number, others: EdgeTree, other: number): number {
  const between = chordBetweenBoxes(own, one, others, other);
  if (between > FAR)
    return Math.max(leastGeodesic(between), leastOverAntipode(chordToAntipode(own, one, others, other)));
  // The box of a point is where it is.
  if (own.isNode(one) || others.isNode(other) || (own.isPoint(one) && others.isPoint(other)))
    return leastGeodesic(between);
  const chord = chordBetweenEdges(own, one, others, other);
  return leastGeodesic(Math.max(between, chord - marginOf(own, one) - marginOf(others, other)));
}

/** Metres that an edge may be off its chord. */
const marginOf = (tree: EdgeTree, item: number): number => tree.margins[item] ?? 0;

function chordBetweenBoxes(own: EdgeTree, one: number, others: EdgeTree, other: number): number {
  let squared = 0;
  for (let axis = 0; axis < 3; axis++) {
    const gap = Math.max(
      0,
      own.side(one, axis) - others.side(other, axis + 3),
      others.side(other, axis) - own.side(one, axis + 3),
    );
    squared += gap * gap;
  }
  return Math.sqrt(squared);
}

/** The most between the antipodes of a box, which are on the other side of the centre, and another box. */
function chordToAntipode(own: EdgeTree, one: number, others: EdgeTree, other: number): number {
  let squared = 0;
  for (let axis = 0; axis < 3; axis++) {
    const most = Math.max(
      Math.abs(others.side(other, axis + 3) + own.side(one, axis + 3)),
      Math.abs(others.side(other, axis) + own.side(one, axis)),
    );
    squared += most * most;
  }
  return Math.sqrt(squared);
}

/** Exact metres between two points or edges, or more than a bound where they are not within it. */
function metresBetweenItems(
  own: EdgeTree,
  one: number,
  others: EdgeTree,
  other: number,
  bound: number,
): number {
  if (own.isPoint(one) && others.isPoint(other))
    return metresBetween(own.place(own.vertices[one] ?? 0), others.place(others.vertices[other] ?? 0));
  if (crossOnMap(own, one, others, other)) return 0;
  let least = Infinity;
  const measure = (from: EdgeTree, vertex: number, to: EdgeTree, item: number): void => {
    const { chord, share } = closestOnEdge(from, vertex, to, item);
    if (leastGeodesic(Math.max(0, chord - marginOf(to, item))) > Math.min(least, bound)) return;
    const place = from.place(vertex);
    const start = to.vertices[item] ?? 0;
    const metres = to.isPoint(item)
      ? metresBetween(place, to.place(start))
      : metresToEdge(place, to.place(start), to.place(start + 1), share);
    least = Math.min(least, metres);
  };
  const start = own.vertices[one] ?? 0;
  const otherStart = others.vertices[other] ?? 0;
  measure(own, start, others, other);
  // The other end of an edge is where the next one begins.
  if (own.kinds[one] === kinds.lastEdge) measure(own, start + 1, others, other);
  if (own.isPoint(one)) return least;
  measure(others, otherStart, own, one);
  if (others.kinds[other] === kinds.lastEdge) measure(others, otherStart + 1, own, one);
  return least;
}
