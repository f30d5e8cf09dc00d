import type { GeosScope, Handle } from './geos.ts';

/** The smallest convex geometry around all vertices (`GEOSConvexHull`): a polygon, or a line or point where they have no area. */
export const convexHull = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSConvexHull(geometry));

export interface ConcaveHullStyle {
  /** Length of the longest edge that stays, between the shortest (0) and the longest (1) of the triangulation. */
  readonly ratio: number;
  readonly allowHoles: boolean;
}

/**
 * A polygon around all vertices that follows them more closely: triangles with long edges are taken away from
 * their Delaunay triangulation (M. Duckham and others, Efficient generation of simple polygons, 2008).
 */
export const concaveHull = (
  { geos, keep }: GeosScope,
  geometry: Handle,
  { ratio, allowHoles }: ConcaveHullStyle,
): Handle => keep(geos.library.GEOSConcaveHull(geometry, ratio, allowHoles ? 1 : 0));
