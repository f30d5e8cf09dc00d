import type { Geometry } from 'geojson';
import { type GeometryPacker, lazyGeometry } from '../layer/packed-geometries.ts';
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
function orientedWkb<T>(geos: Geos, result: Handle, use: (wkb: Uint8Array) => T): T {
  if (geos.library.GEOSOrientPolygons(result, 0) === -1) throw new GeosError(lastMessage());
  return geos.wkb(result, use);
}

/** Type number of points in GEOS. */
const POINT = 0;

/**
 * A geometry that an operation has made, which must not be one that others use; points with their coordinates, and all else as WKB
 * until someone asks for more.
 *
 * @throws GeosError
 */
export function takeResult(geos: Geos, result: Handle): Geometry {
  // To write WKB takes many times as long as to ask for two numbers.
  const coordinates = geos.library.GEOSGeomTypeId(result) === POINT && readPosition(geos, result);
  if (coordinates) return { type: 'Point', coordinates };
  return lazyGeometry(orientedWkb(geos, result, (wkb) => wkb.slice()));
}

/** The position of a point; undefined of one with a height, and of an empty one. */
function readPosition({ library, out }: Geos, point: Handle): [number, number] | undefined {
  if (library.GEOSHasZ(point) !== 0 || library.GEOSGeomGetX(point, out) !== 1) return undefined;
  const x = library.Module.getValue(out, 'double');
  if (library.GEOSGeomGetY(point, out) !== 1) return undefined;
  return [x, library.Module.getValue(out, 'double')];
}
