import { type Geos, GeosError, type Handle } from './geos.ts';
import type { Prepared } from './lasting-scope.ts';
import { lastMessage } from './library.ts';

/** Smallest distance between two geometries, in units of the plane; 0 where they intersect (`GEOSDistance`). @throws GeosError */
export function distanceBetween(geos: Geos, one: Handle, other: Handle): number {
  if (geos.library.GEOSDistance(one, other, geos.out) === 0) throw new GeosError(lastMessage());
  return geos.library.Module.getValue(geos.out, 'double');
}

/** The same from a prepared geometry, whose index pays off if either has many vertices (`GEOSPreparedDistance`). @throws GeosError */
export function preparedDistanceTo(geos: Geos, prepared: Prepared, other: Handle): number {
  if (geos.library.GEOSPreparedDistance(prepared, other, geos.out) === 0) throw new GeosError(lastMessage());
  return geos.library.Module.getValue(geos.out, 'double');
}
