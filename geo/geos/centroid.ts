import type { GeosScope, Handle } from './geos.ts';

/** Centre of mass of the parts of the highest dimension, which may lie outside (`GEOSGetCentroid`). Empty of an empty geometry. */
export const centroid = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSGetCentroid(geometry));

/** A point on the geometry: in areas, the middle of the widest section of a horizontal line (`GEOSPointOnSurface`). */
export const pointOnSurface = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSPointOnSurface(geometry));
