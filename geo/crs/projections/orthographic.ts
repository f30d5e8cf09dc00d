import { type Formulas, lose, type Parameters, type Projection, projectionOf } from './formulas.ts';

const { atan2, cos, hypot, sin, sqrt } = Math;

/** By how much the view may miss the ellipsoid by rounding, as a share of its size. */
const ROUNDING = 1e-8;

/**
 * The ellipsoid as seen from infinitely far (EPSG guidance note 7-2, method 9840), turned and scaled where it is local
 * (method 1130). In space, where the line of sight through a place of the plane meets the ellipsoid.
 */
function orthographic({ lat0 = 0, es, alpha = 0, k0 = 1 }: Parameters): Formulas {
  const [sin0, cos0] = [sin(lat0), cos(lat0)];
  const [sinTurn, cosTurn] = [sin(alpha), cos(alpha)];
  /** Length of the normal down to the axis. */
  const normal = (sine: number) => 1 / sqrt(1 - es * sine * sine);
  const normal0 = normal(sin0);
  /** The origin, from the axis and above the equator. */
  const [out0, up0] = [normal0 * cos0, (1 - es) * normal0 * sin0];
  return {
    forward: (place) => {
      const [s, c] = [sin(place.y), cos(place.y)];
      if (sin0 * s + cos0 * c * cos(place.x) < -1e-10) return lose(place);
      const length = normal(s);
      const x = length * c * sin(place.x);
      const y = length * (s * cos0 - c * sin0 * cos(place.x)) + es * (normal0 * sin0 - length * s) * cos0;
      place.x = (x * cosTurn - y * sinTurn) * k0;
      place.y = (x * sinTurn + y * cosTurn) * k0;
    },
    inverse: (place) => {
      const x = (place.x * cosTurn + place.y * sinTurn) / k0;
      const y = (place.y * cosTurn - place.x * sinTurn) / k0;
      // On the line of sight: out from the axis towards the central meridian, and up.
      const [out, up] = [out0 - y * sin0, up0 + y * cos0];
      const square = cos0 * cos0 + (sin0 * sin0) / (1 - es);
      const half = out * cos0 + (up * sin0) / (1 - es);
      const rest = half * half - square * (x * x + out * out + (up * up) / (1 - es) - 1);
      if (rest < -ROUNDING) return lose(place);
      const along = (sqrt(Math.max(0, rest)) - half) / square;
      const [towards, above] = [out + along * cos0, up + along * sin0];
      place.x = atan2(x, towards);
      place.y = atan2(above, (1 - es) * hypot(x, towards));
    },
  };
}

/** By the name that PROJ has for it. */
export const orthographicOfEllipsoid: Projection = projectionOf('ortho', orthographic);
