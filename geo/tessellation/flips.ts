import { isInCircle, orientation } from './predicates.ts';
import type { Triangulation } from './triangulation.ts';

/** The half-edge that follows in the same triangle, whose three have consecutive numbers. */
export const nextEdge = (edge: number): number => (edge % 3 === 2 ? edge - 2 : edge + 1);
const previousEdge = (edge: number): number => (edge % 3 === 0 ? edge + 2 : edge - 1);

/** True when every triangle is counter-clockwise and has an area. */
export function allTurnLeft({ triangles }: Triangulation, xy: Float64Array): boolean {
  for (let edge = 0; edge < triangles.length; edge += 3) {
    if (orientation(xy, triangles[edge] ?? 0, triangles[edge + 1] ?? 0, triangles[edge + 2] ?? 0) <= 0)
      return false;
  }
  return true;
}

/**
 * Makes any triangulation a Delaunay one, in place: flips edges whose neighbours lie in each other's circles until
 * there are none (C. L. Lawson, 1977). With exact predicates that ends.
 */
export function flipToDelaunay({ triangles, twins }: Triangulation, xy: Float64Array): void {
  const pending: number[] = [];
  for (let edge = 0; edge < twins.length; edge++) if ((twins[edge] ?? -1) > edge) pending.push(edge);
  const link = (edge: number, twin: number): void => {
    twins[edge] = twin;
    if (twin !== -1) twins[twin] = edge;
  };
  for (let edge = pending.pop(); edge !== undefined; edge = pending.pop()) {
    const twin = twins[edge] ?? -1;
    if (twin === -1) continue;
    const [after, before] = [nextEdge(edge), previousEdge(edge)];
    const [twinAfter, twinBefore] = [nextEdge(twin), previousEdge(twin)];
    const [apex, opposite] = [triangles[before] ?? 0, triangles[twinBefore] ?? 0];
    if (!isInCircle(xy, triangles[edge] ?? 0, triangles[after] ?? 0, apex, opposite)) continue;
    // The edge turns into that between apex and opposite; each triangle keeps one side and takes one over.
    triangles[edge] = opposite;
    triangles[twin] = apex;
    link(edge, twins[twinBefore] ?? -1);
    link(twin, twins[before] ?? -1);
    link(before, twinBefore);
    pending.push(edge, after, twin, twinAfter);
  }
}
