import { toRadians } from '../geodesy/degree.ts';

/** The WGS 84 ellipsoid: semi-major axis in metres, and squared first eccentricity. */
const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR = SEMI_MAJOR * (1 - FLATTENING);
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/** Radii between which geodesics are curved: along a meridian at the equator, and about a pole. */
const LEAST_RADIUS = SEMI_MINOR ** 2 / SEMI_MAJOR;
const MOST_RADIUS = SEMI_MAJOR ** 2 / SEMI_MINOR;
/** Metres between a place and its antipode: half a meridian. No two places are farther apart. */
const HALF_ROUND = 20_003_931.458_626;
/** Share by which bounds are widened, far more than their numbers are rounded. */
const ROUNDING = 1e-9;

/** A place on the ellipsoid (degrees) in metres from its centre: towards 0 and 90 degrees east on the equator, and the North Pole. */
export function geocentric(longitude: number, latitude: number): readonly [x: number, y: number, z: number] {
  const [east, north] = [longitude * toRadians, latitude * toRadians];
  const sine = Math.sin(north);
  const radius = SEMI_MAJOR / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
  const across = radius * Math.cos(north);
  return [across * Math.cos(east), across * Math.sin(east), radius * (1 - ECCENTRICITY_SQUARED) * sine];
}

/** Metres that no geodesic over a chord of some metres is shorter than: the arc of the least curvature (by Schur's theorem). */
export const leastGeodesic = (chord: number): number =>
  2 * MOST_RADIUS * Math.asin(Math.min(1, chord / (2 * MOST_RADIUS))) * (1 - ROUNDING);

/** Metres that the geodesic over a chord is no longer than: the arc of the greatest curvature. */
export const mostGeodesic = (chord: number): number =>
  chord >= 2 * LEAST_RADIUS
    ? HALF_ROUND
    : Math.min(HALF_ROUND, 2 * LEAST_RADIUS * Math.asin(chord / (2 * LEAST_RADIUS)) * (1 + ROUNDING));

/**
 * Metres that no geodesic to a place far away is shorter than, by the chord to the antipode of that: the way from antipode to antipode
 * is no longer over a place between them.
 */
export const leastOverAntipode = (chord: number): number => HALF_ROUND - mostGeodesic(chord);

/** Metres by which an arc over a chord may be off it, or somewhat more. */
export function rise(chord: number): number {
  const half = Math.min(chord / 2, LEAST_RADIUS);
  return 1.01 * (LEAST_RADIUS - Math.sqrt(LEAST_RADIUS ** 2 - half ** 2));
}
