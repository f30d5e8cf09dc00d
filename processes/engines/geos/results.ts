import type { GeometryPacker } from '../layers/packed-geometries.ts';
import { type Geos, GeosError, type Handle } from './geos.ts';
import { lastMessage } from './library.ts';

/**
 * Packs a geometry that an operation has made, exterior rings counter-clockwise (RFC 7946 section 3.1.6). It is
 * changed for that, so it must not be one that others use.
 *
 * @throws GeosError
 */
export function packResult(geos: Geos, result: Handle, packer: GeometryPacker): void {
  if (geos.library.GEOSOrientPolygons(result, 0) === -1) throw new GeosError(lastMessage());
  geos.wkb(result, (wkb) => packer.addWkb(wkb));
}
