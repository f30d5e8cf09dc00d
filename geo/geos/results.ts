import type { GeometryPacker } from '../layer/packed-geometries.ts';
import { type Geos, GeosError, type Handle } from './geos.ts';
import { lastMessage } from './library.ts';

/**
 * Packs a geometry that an operation has made, exterior rings counter-clockwise (RFC 7946 section 3.1.6). It is
 * changed for that, so it must not be one that others use.
 *
 * @throws GeosError
 */
export const packResult = (geos: Geos, result: Handle, packer: GeometryPacker): void =>
  orientedWkb(geos, result, (wkb) => packer.addWkb(wkb));

/** Gives the same as WKB, which is there only as long as `use` runs. @throws GeosError */
export function orientedWkb<T>(geos: Geos, result: Handle, use: (wkb: Uint8Array) => T): T {
  if (geos.library.GEOSOrientPolygons(result, 0) === -1) throw new GeosError(lastMessage());
  return geos.wkb(result, use);
}
