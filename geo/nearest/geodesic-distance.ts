import geographiclib from 'geographiclib-geodesic';
import { toRadians } from '../geodesy/degree.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

/** Metres of the mean radius of the Earth. */
const RADIUS = 6_371_000;
/** Metres up to which the distance to the places of an edge has one least value: beyond a quarter of the globe it may have a greatest one. */
const NEAR = 9_000_000;
/** Metres along the edge that do not matter. */
const CLOSE = 1e-6;
const STEPS = 40;
/** Radians up to which the tangent is asked for. */
const MOST_ANGLE = 1.5;

/** Degrees. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** Metres of the geodesic between two places. */
export const metresBetween = (one: Place, other: Place): number =>
  wgs84.Inverse(one.latitude, one.longitude, other.latitude, other.longitude, Geodesic.DISTANCE).s12 ?? 0;

/**
 * Metres from a place to the nearest one of a geodesic edge. The foot of the perpendicular is found by iteration: right-angled triangles
 * on a sphere lead to it (S. Baselga and J. C. Martinez-Llario, Intersection and point-to-line solutions for geodesics on the ellipsoid,
 * 2018; C. F. F. Karney, Geodesic intersections, 2023).
 *
 * @param share of the edge at which to begin: about where the foot is
 */
export function metresToEdge(place: Place, from: Place, to: Place, share: number): number {
  const line = wgs84.InverseLine(from.latitude, from.longitude, to.latitude, to.longitude);
  const length = line.s13;
  if (!(length > 0)) return metresBetween(place, from);
  /** The distance to a place of the edge, and how it grows along the edge. */
  const look = (along: number): readonly [metres: number, slope: number] => {
    const { lat2 = 0, lon2 = 0, azi2: course = 0 } = line.Position(along);
    const { s12 = 0, azi2: coming = 0 } = wgs84.Inverse(place.latitude, place.longitude, lat2, lon2);
    return [s12, Math.cos((coming - course) * toRadians)];
  };
  let along = Math.min(1, Math.max(0, share)) * length;
  let [metres, slope] = look(along);
  let least = metres;
  if (metres > NEAR) {
    const [[atStart, slopeAtStart], [atEnd, slopeAtEnd]] = [look(0), look(length)];
    least = Math.min(least, atStart, atEnd);
    if (slopeAtStart >= 0 || slopeAtEnd <= 0) return least;
  }
  let [low, high] = [0, length];
  for (let step = 0; step < STEPS && metres > CLOSE; step++) {
    if (slope < 0) low = along;
    else high = along;
    const foot = along - RADIUS * Math.atan(slope * Math.tan(Math.min(metres / RADIUS, MOST_ANGLE)));
    const next = foot < low || foot > high ? clampOrHalve(foot, low, high, length) : foot;
    if (Math.abs(next - along) < CLOSE) break;
    along = next;
    [metres, slope] = look(along);
    least = Math.min(least, metres);
  }
  return least;
}

/** Ends of the edge are looked at themselves; a step that leaves what is left between two others goes to the middle of that. */
function clampOrHalve(foot: number, low: number, high: number, length: number): number {
  if (foot <= 0 && low === 0) return 0;
  if (foot >= length && high === length) return length;
  return (low + high) / 2;
}
