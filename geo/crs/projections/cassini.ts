import { type Formulas, type Parameters, type Projection, projectionOf } from './formulas.ts';
import type { Place } from './place.ts';
import { searchPlace } from './search-place.ts';

const { abs, asin, atan2, cos, sin, sqrt, tan } = Math;

/** The length of the meridian from the equator for a semi-major axis of 1, as a series (Snyder 1987, equation 3-21). */
function meridianOf(es: number): (latitude: number) => number {
  const even = 1 - es * (1 / 4 + es * (3 / 64 + es * (5 / 256 + (es * 175) / 16384)));
  const two = es * (3 / 8 + es * (3 / 32 + es * (45 / 1024 + (es * 105) / 4096)));
  const four = es * es * (15 / 256 + es * (45 / 1024 + (es * 525) / 16384));
  const six = es ** 3 * (35 / 3072 + (es * 175) / 12288);
  return (latitude) =>
    even * latitude - two * sin(2 * latitude) + four * sin(4 * latitude) - six * sin(6 * latitude);
}

/** The grid of Guam (EPSG guidance note 7-2, method 9831). */
function guam({ es, lat0 = 0 }: Parameters): Formulas {
  const meridian = meridianOf(es);
  const origin = meridian(lat0);
  const normal = (latitude: number) => 1 / sqrt(1 - es * sin(latitude) ** 2);
  /** The latitude at which the meridian has a length. */
  const latitudeOf = (length: number): number => {
    let latitude = length;
    for (let step = 0; step < 10; step++) {
      const miss = meridian(latitude) - length;
      latitude -= miss / ((1 - es) * normal(latitude) ** 3);
      if (abs(miss) < 1e-15) break;
    }
    return latitude;
  };
  return {
    forward: (place) => {
      const latitude = place.y;
      const across = place.x * cos(latitude) * normal(latitude);
      place.y = meridian(latitude) - origin + (across * place.x * sin(latitude)) / 2;
      place.x = across;
    },
    inverse: (place) => {
      const bend = (place.x * place.x) / 2;
      let latitude = lat0;
      for (let step = 0; step < 10; step++)
        latitude = latitudeOf(origin + place.y - (bend * tan(latitude)) / normal(latitude));
      place.x /= cos(latitude) * normal(latitude);
      place.y = latitude;
    },
  };
}

/** Cassini's projection of a sphere (Snyder 1987, equations 13-1 to 13-6). */
const cassiniOfSphere = (lat0: number): Formulas => ({
  forward: (place) => {
    const { x, y } = place;
    place.x = asin(cos(y) * sin(x));
    place.y = atan2(tan(y), cos(x)) - lat0;
  },
  inverse: (place) => {
    const arc = place.y + lat0;
    const { x } = place;
    place.y = asin(sin(arc) * cos(x));
    place.x = atan2(tan(x), cos(arc));
  },
});

/**
 * Cassini's projection as PROJ has it (EPSG guidance note 7-2, method 9806; 9833 with a curve in its northings, that of Vanua Levu).
 * That of proj4 is decimetres off at the ends of wide grids.
 */
function cassini({ es, lat0 = 0 }: Parameters, isHyperbolic: boolean): Formulas {
  if (es === 0 && !isHyperbolic) return cassiniOfSphere(lat0);
  const meridian = meridianOf(es);
  const origin = meridian(lat0);
  const forward = (place: Place): void => {
    const [sine, cosine, tangent] = [sin(place.y), cos(place.y), tan(place.y)];
    const normal = 1 / sqrt(1 - es * sine * sine);
    const t = tangent * tangent;
    const c = (es * cosine * cosine) / (1 - es);
    const across = place.x * cosine;
    const square = across * across;
    const y =
      meridian(place.y) - origin + normal * tangent * square * (1 / 2 + ((5 - t + 6 * c) * square) / 24);
    place.x = normal * across * (1 - square * t * (1 / 6 + ((8 - t + 8 * c) * square) / 120));
    place.y = isHyperbolic ? y - y ** 3 / (6 * (1 - es) * normal ** 4) : y;
  };
  return {
    forward,
    inverse: (place) => {
      const latitude = Math.max(-HIGHEST, Math.min(HIGHEST, lat0 + place.y));
      searchPlace(place, { x: place.x / cos(latitude), y: latitude }, forward);
    },
  };
}

/** Radians at which a search may begin: at a pole there is no way east. */
const HIGHEST = 1.55;

/** Both go along the meridian of their origin, as long as it is. */
export const cassiniAndGuam: readonly Projection[] = [
  projectionOf('aeqd_guam', guam),
  projectionOf('cass', (parameters) => cassini(parameters, false)),
  projectionOf('cass_hyperbolic', (parameters) => cassini(parameters, true)),
];
