import type { GeosScope, Handle } from './geos.ts';

/** Centre of mass of the parts of the highest dimension; it may lie outside. Empty of an empty geometry. */
export const centroid = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSGetCentroid(geometry));

/** A point on the geometry: inside areas, where a horizontal line through their middle has most room. */
export const pointOnSurface = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSPointOnSurface(geometry));
