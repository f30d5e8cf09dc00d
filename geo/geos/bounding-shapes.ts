import { GeosError, type GeosScope, type Handle } from './geos.ts';
import { lastMessage } from './library.ts';

/** The axis-aligned bounding box of a geometry (`GEOSEnvelope`); a line or point where it has no area. */
export const envelope = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSEnvelope(geometry));

/** The minimum-area rotated rectangle around a geometry (`GEOSMinimumRotatedRectangle`). */
export const orientedRectangle = ({ geos, keep }: GeosScope, geometry: Handle): Handle =>
  keep(geos.library.GEOSMinimumRotatedRectangle(geometry));

export interface BoundingCircle {
  /** A polygon with eight segments per quarter; a point where all vertices are one. */
  readonly polygon: Handle;
  /** In units of the plane. */
  readonly radius: number;
}

/** The minimum bounding circle of a geometry (`GEOSMinimumBoundingCircle`). @throws GeosError */
export function boundingCircle({ geos, keep }: GeosScope, geometry: Handle): BoundingCircle {
  const { library, out } = geos;
  const polygon = library.GEOSMinimumBoundingCircle(geometry, out, out + 8);
  if (polygon === 0) throw new GeosError(lastMessage());
  const radius = library.Module.getValue(out, 'double');
  // Made as well, and freed with the scope.
  keep(library.Module.getValue(out + 8, '*'));
  return { polygon: keep(polygon), radius };
}
