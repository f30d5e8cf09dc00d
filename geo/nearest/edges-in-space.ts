import type { EdgeTree } from './edge-tree.ts';

type Vector = readonly [x: number, y: number, z: number];

function vectorAt({ places }: EdgeTree, vertex: number): Vector {
  const start = vertex * 3;
  return [places[start] ?? 0, places[start + 1] ?? 0, places[start + 2] ?? 0];
}

const firstOf = (tree: EdgeTree, item: number): number => tree.vertices[item] ?? 0;
const secondOf = (tree: EdgeTree, item: number): number => firstOf(tree, item) + (tree.isPoint(item) ? 0 : 1);

const minus = ([x, y, z]: Vector, [ox, oy, oz]: Vector): Vector => [x - ox, y - oy, z - oz];
const dot = ([x, y, z]: Vector, [ox, oy, oz]: Vector): number => x * ox + y * oy + z * oz;
const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** Where the chord of an edge is nearest to a vertex, as a share of it, and how far in metres; of a point, the point. */
export function closestOnEdge(
  from: EdgeTree,
  vertex: number,
  to: EdgeTree,
  item: number,
): { readonly chord: number; readonly share: number } {
  const start = vectorAt(to, firstOf(to, item));
  const along = minus(vectorAt(to, secondOf(to, item)), start);
  const away = minus(vectorAt(from, vertex), start);
  const squared = dot(along, along);
  const share = squared > 0 ? clamp(dot(away, along) / squared) : 0;
  const rest: Vector = [away[0] - share * along[0], away[1] - share * along[1], away[2] - share * along[2]];
  return { chord: Math.sqrt(dot(rest, rest)), share };
}

/** Metres between the chords of two edges, or points (C. Ericson, Real-time collision detection, 2005, section 5.1.9). */
export function chordBetweenEdges(own: EdgeTree, one: number, others: EdgeTree, other: number): number {
  if (own.isPoint(one)) return closestOnEdge(own, firstOf(own, one), others, other).chord;
  if (others.isPoint(other)) return closestOnEdge(others, firstOf(others, other), own, one).chord;
  const [p, q] = [vectorAt(own, firstOf(own, one)), vectorAt(others, firstOf(others, other))];
  const u = minus(vectorAt(own, secondOf(own, one)), p);
  const v = minus(vectorAt(others, secondOf(others, other)), q);
  const r = minus(p, q);
  const [a, e, b, c, f] = [dot(u, u), dot(v, v), dot(u, v), dot(u, r), dot(v, r)];
  const denominator = a * e - b * b;
  let s = denominator > 0 ? clamp((b * f - c * e) / denominator) : 0;
  let t = e > 0 ? (b * s + f) / e : 0;
  // Of an edge without length, which repeated vertices are, no t says where on the other one s is.
  if (t < 0 || t > 1 || e === 0) {
    t = clamp(t);
    s = a > 0 ? clamp((b * t - c) / a) : 0;
  }
  const rest: Vector = [r[0] + s * u[0] - t * v[0], r[1] + s * u[1] - t * v[1], r[2] + s * u[2] - t * v[2]];
  return Math.sqrt(dot(rest, rest));
}
