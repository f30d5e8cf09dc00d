import { nextEdge } from './flips.ts';
import { type Triangulation, triangulated } from './triangulation.ts';

/**
 * The border of a concave hull: triangles are taken away from the Delaunay triangulation from outside, those with the longest edge
 * on the border first, as long as the border stays one ring through all points on it and that edge is not shorter than the target
 * (M. Duckham and others, Efficient generation of simple polygons, 2008). Of edges of the same length that of the larger triangle
 * comes first, as in GEOS.
 *
 * @param xy x and y of different points in turn, between -1 and 1
 * @param ratio of the target between the shortest (0) and the longest (1) edge of the triangulation
 * @returns numbers of points, counter-clockwise, the first one not repeated; undefined where all points lie on a line
 */
export function concaveRing(xy: Float64Array, ratio: number): number[] | undefined {
  const triangulation = triangulated(xy);
  if (triangulation.triangles.length === 0) return undefined;
  const erosion = new Erosion(triangulation, xy);
  erosion.erode(ratio);
  return erosion.trace();
}

/** Triangles that are taken away one after the other. An edge without a twin is on the border. */
class Erosion {
  readonly #xy: Float64Array;
  readonly #triangles: Uint32Array;
  readonly #twins: Int32Array;
  /** For each point whether it is on the border. */
  readonly #isOuter: Uint8Array;
  readonly #isRemoved: Uint8Array;
  readonly #lengths: Float64Array;
  /** Edges on the border as a heap, the longest first. */
  readonly #heap: number[] = [];

  constructor({ triangles, twins }: Triangulation, xy: Float64Array) {
    this.#xy = xy;
    this.#triangles = triangles;
    this.#twins = twins;
    this.#isOuter = new Uint8Array(xy.length / 2);
    this.#isRemoved = new Uint8Array(triangles.length / 3);
    this.#lengths = new Float64Array(triangles.length);
    for (let edge = 0; edge < triangles.length; edge++) {
      const [from, to] = [triangles[edge] ?? 0, triangles[nextEdge(edge)] ?? 0];
      const dx = (xy[to * 2] ?? 0) - (xy[from * 2] ?? 0);
      const dy = (xy[to * 2 + 1] ?? 0) - (xy[from * 2 + 1] ?? 0);
      this.#lengths[edge] = Math.sqrt(dx * dx + dy * dy);
      if (twins[edge] === -1) this.#isOuter[from] = 1;
    }
  }

  erode(ratio: number): void {
    const target = this.#findTarget(ratio);
    for (let edge = 0; edge < this.#twins.length; edge++) if (this.#isOnlyBorder(edge)) this.#push(edge);
    for (let edge = this.#pop(); edge !== undefined; edge = this.#pop()) {
      if ((this.#lengths[edge] ?? 0) < target) return;
      // Its triangle may have got a second edge on the border since.
      if (!this.#isOnlyBorder(edge)) continue;
      const [after, before] = [nextEdge(edge), nextEdge(nextEdge(edge))];
      const apex = this.#triangles[before] ?? 0;
      if (this.#isOuter[apex]) continue;
      this.#isOuter[apex] = 1;
      this.#isRemoved[Math.floor(edge / 3)] = 1;
      this.#expose(after);
      this.#expose(before);
    }
  }

  /** Points along the border, counter-clockwise. */
  trace(): number[] {
    const first = this.#twins.findIndex(
      (twin, edge) => twin === -1 && !this.#isRemoved[Math.floor(edge / 3)],
    );
    const ring: number[] = [];
    let edge = first;
    do {
      ring.push(this.#triangles[edge] ?? 0);
      edge = nextEdge(edge);
      for (let twin = this.#twins[edge] ?? -1; twin !== -1; twin = this.#twins[edge] ?? -1)
        edge = nextEdge(twin);
    } while (edge !== first);
    return ring;
  }

  #findTarget(ratio: number): number {
    let [shortest, longest] = [Infinity, 0];
    for (const length of this.#lengths) {
      if (length < shortest) shortest = length;
      if (length > longest) longest = length;
    }
    return ratio === 1 ? Infinity : ratio === 0 ? 0 : ratio * (longest - shortest) + shortest;
  }

  /** Whether an edge is on the border, as the only one of its triangle. */
  #isOnlyBorder(edge: number): boolean {
    return (
      this.#twins[edge] === -1 &&
      this.#twins[nextEdge(edge)] !== -1 &&
      this.#twins[nextEdge(nextEdge(edge))] !== -1
    );
  }

  /** Puts the triangle beyond an edge, whose own was taken away, on the border. */
  #expose(edge: number): void {
    const twin = this.#twins[edge] ?? -1;
    this.#twins[twin] = -1;
    if (this.#isOnlyBorder(twin)) this.#push(twin);
  }

  #comesBefore(one: number, other: number): boolean {
    const difference = (this.#lengths[one] ?? 0) - (this.#lengths[other] ?? 0);
    return difference === 0 ? this.#area(one) > this.#area(other) : difference > 0;
  }

  /** Twice the area of the triangle of an edge. */
  #area(edge: number): number {
    const start = edge - (edge % 3);
    const [a = 0, b = 0, c = 0] = this.#triangles.subarray(start, start + 3);
    const x = (point: number) => (this.#xy[point * 2] ?? 0) - (this.#xy[a * 2] ?? 0);
    const y = (point: number) => (this.#xy[point * 2 + 1] ?? 0) - (this.#xy[a * 2 + 1] ?? 0);
    return x(b) * y(c) - x(c) * y(b);
  }

  #push(edge: number): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(edge);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#comesBefore(edge, heap[parent] ?? 0)) break;
      heap[place] = heap[parent] ?? 0;
      place = parent;
    }
    heap[place] = edge;
  }

  #pop(): number | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let place = 0;
    for (let child = 1; child < heap.length; child = place * 2 + 1) {
      if (child + 1 < heap.length && this.#comesBefore(heap[child + 1] ?? 0, heap[child] ?? 0)) child++;
      if (!this.#comesBefore(heap[child] ?? 0, last)) break;
      heap[place] = heap[child] ?? 0;
      place = child;
    }
    heap[place] = last;
    return top;
  }
}
