import { arcSine, EDGE, type Formulas, solve } from './formulas.ts';
import type { Place } from './place.ts';

/** A parallel of a map whose parallels are straight lines. */
interface Parallel {
  /** Its height. */
  readonly y: number;
  /** Length of a radian of longitude on it. */
  readonly width: number;
}

/**
 * Formulas of maps with straight parallels on which meridians are equally spaced: cylindrical and pseudocylindrical ones.
 *
 * @param parallel by latitude
 * @param latitude by height
 */
export function straightParallels(
  parallel: (latitude: number) => Parallel,
  latitude: (y: number) => number,
): Formulas {
  return {
    forward: (place: Place) => {
      const { y, width } = parallel(place.y);
      place.x *= width;
      place.y = y;
    },
    inverse: (place: Place) => {
      place.y = withinPoles(latitude(place.y));
      place.x = longitudeOn(parallel(place.y).width, place);
    },
  };
}

const POLE = Math.PI / 2;
/** By how much PROJ misses the poles of maps where it stops searching early: 130 metres on Earth. */
const EDGE_AT_POLE = 2e-5;

/** The longitude of a place on a parallel; at its end where that is missed by rounding. */
function longitudeOn(width: number, { x, y: latitude }: Place): number {
  const beyond = Math.abs(x) - Math.PI * width;
  if (beyond <= 0) return x === 0 ? 0 : x / width;
  const edge = Math.abs(latitude) > POLE - EDGE_AT_POLE ? EDGE_AT_POLE : EDGE;
  return beyond <= edge ? Math.sign(x) * Math.PI : Number.NaN;
}

const withinPoles = (latitude: number): number =>
  Math.abs(latitude) <= POLE
    ? latitude
    : Math.abs(latitude) <= POLE + EDGE
      ? Math.sign(latitude) * POLE
      : Number.NaN;

/** The latitude at a height that is a polynomial of it, with the derivative. */
export const latitudeByNewton =
  (height: (latitude: number) => number, slope: (latitude: number) => number) =>
  (y: number): number =>
    solve(y, (latitude) => (height(latitude) - y) / slope(latitude));

/** Angle `t` for which `t + sin t` is a value between -pi and pi: that of Mollweide's projection. */
export function mollweideAngle(value: number): number {
  const size = Math.abs(value);
  if (size >= Math.PI) return Math.sign(value) * Math.PI;
  // Near pi it is a cube root, at which Newton's method begins well.
  const rest = Math.PI - size;
  const start = rest < 1 ? Math.PI - Math.cbrt(6 * rest) : size / 2;
  const angle = solve(start, (t) => {
    const slope = 1 + Math.cos(t);
    return slope === 0 ? 0 : (t + Math.sin(t) - size) / slope;
  });
  return Math.sign(value) * angle;
}

/** Projections in the manner of Mollweide: the parallel at `y` half an ellipse, with constants of their own. */
export const likeMollweide = (xScale: number, yScale: number, turns: number): Formulas =>
  straightParallels(
    (latitude) => {
      const half = mollweideAngle(turns * Math.sin(latitude)) / 2;
      return { y: yScale * Math.sin(half), width: xScale * Math.cos(half) };
    },
    (y) => {
      const half = arcSine(y / yScale);
      return arcSine((2 * half + Math.sin(2 * half)) / turns);
    },
  );
