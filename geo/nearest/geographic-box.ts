import type { Position } from 'geojson';
import type { Bounds } from '../geometry/bounds.ts';

/** Less than the metres in one degree of latitude anywhere on the ellipsoid, so that boxes never are too small. */
const METRES_PER_DEGREE = 110_000;
/** More than the metres in one radian of a geodesic, and less. */
const MOST_METRES_PER_RADIAN = 6_400_000;
const LEAST_METRES_PER_RADIAN = 6_330_000;
const toRadians = Math.PI / 180;

/**
 * A box of longitudes and latitudes that has every place within a distance of the given box. Longitudes may go
 * beyond 180; near a pole they are all.
 */
export function grown([west, south, east, north]: Bounds, metres: number): Bounds {
  const degrees = metres / METRES_PER_DEGREE;
  const latitude = Math.max(Math.abs(south), Math.abs(north));
  if (degrees + latitude >= 90) return [-180, south - degrees, 180, north + degrees];
  // Where the meridian touches the circle about the corner that is nearest to a pole.
  const turn = Math.asin(Math.min(1, Math.sin(degrees * toRadians) / Math.cos(latitude * toRadians)));
  const width = turn / toRadians;
  if (east - west + 2 * width >= 360) return [-180, south - degrees, 180, north + degrees];
  return [west - width, south - degrees, east + width, north + degrees];
}

/** The same box with its west in [-180, 180). */
export function wrapLongitudes([west, south, east, north]: Bounds): Bounds {
  const turn = 360 * Math.floor((west + 180) / 360);
  return [west - turn, south, east - turn, north];
}

/** The angle between two places at the centre of a sphere, in radians; by the haversine formula. */
function angle([west = 0, south = 0]: Position, [east = 0, north = 0]: Position): number {
  const b = Math.cos(south * toRadians) * Math.cos(north * toRadians);
  const h =
    Math.sin(((north - south) / 2) * toRadians) ** 2 + b * Math.sin(((east - west) / 2) * toRadians) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Bounds of the metres between two places, one per cent apart. */
export const atMost = (one: Position, other: Position): number => angle(one, other) * MOST_METRES_PER_RADIAN;
/** The lower bound: positions in degrees of longitude and latitude, the result in metres. */
export const atLeast = (one: Position, other: Position): number =>
  angle(one, other) * LEAST_METRES_PER_RADIAN;
