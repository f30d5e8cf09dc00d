import type { Place } from './place.ts';

/** What formulas are given of a definition, as proj4 reads it: angles in radians. */
export interface Parameters {
  /** Semi-major axis in metres, and the square of the eccentricity. */
  readonly a: number;
  readonly es: number;
  readonly lat0?: number;
  readonly lat1?: number;
  readonly lat2?: number;
  readonly long1?: number;
  readonly long2?: number;
  readonly lat_ts?: number;
  readonly alpha?: number;
  readonly k0?: number;
  /** What proj4 does not know it keeps as text. */
  readonly h?: string;
  readonly h_0?: string;
  readonly azi?: string;
}

/**
 * Formulas for a semi-major axis of 1. They move a place where it stands, between longitude (from the central meridian)
 * and latitude in radians and the plane; what has no place gets coordinates that are not numbers.
 */
export interface Formulas {
  readonly forward: (place: Place) => void;
  readonly inverse: (place: Place) => void;
}

/** What proj4 keeps of a definition, which is `this` in a projection. */
interface Instance extends Parameters {
  long0?: number;
  x0?: number;
  y0?: number;
  formulas?: Formulas;
}

/** A projection as proj4 takes it. */
export interface Projection {
  readonly names: readonly string[];
  readonly init: (this: Instance) => void;
  readonly forward: (this: Instance, place: Place) => Place;
  readonly inverse: (this: Instance, place: Place) => Place;
}

const TURN = 2 * Math.PI;
/** Radians by which a longitude may overshoot the antimeridian and stay on its side, as in PROJ. */
const OVERSHOOT = 1e-12;
/** How far beyond the outline of a map a place may lie by the rounding of files: 6 centimetres on Earth. */
export const EDGE = 1e-8;

/** A longitude in the turn about the central meridian. */
export const wrapped = (longitude: number): number =>
  Math.abs(longitude) < Math.PI + OVERSHOOT
    ? longitude
    : longitude - TURN * Math.floor((longitude + Math.PI) / TURN);

/** A projection by its formulas. Those for spheres take the semi-major axis for the radius, as in PROJ. */
export function projectionOf(name: string, make: (parameters: Parameters) => Formulas): Projection {
  return {
    names: [name],
    init() {
      this.long0 ??= 0;
      this.x0 ??= 0;
      this.y0 ??= 0;
      this.formulas = make(this);
    },
    forward(place) {
      const { a, long0 = 0, x0 = 0, y0 = 0, formulas } = this;
      place.x = wrapped(place.x - long0);
      formulas?.forward(place);
      place.x = place.x * a + x0;
      place.y = place.y * a + y0;
      return place;
    },
    inverse(place) {
      const { a, long0 = 0, x0 = 0, y0 = 0, formulas } = this;
      place.x = (place.x - x0) / a;
      place.y = (place.y - y0) / a;
      if (formulas) invertWithin(place, formulas);
      place.x = wrapped(place.x + long0);
      return place;
    },
  };
}

/** Places beyond the outline of the map have none on the globe: formulas would lead them once more around it. */
function invertWithin(place: Place, { forward, inverse }: Formulas): void {
  const { x, y } = place;
  inverse(place);
  if (Math.abs(place.x) <= Math.PI) return;
  const edge = { x: Math.sign(place.x) * Math.PI, y: place.y };
  place.x = edge.x;
  forward(edge);
  if (!(Math.abs(edge.x - x) <= EDGE && Math.abs(edge.y - y) <= EDGE)) lose(place);
}

/** Takes the coordinates from what is no place. */
export function lose(place: Place): void {
  place.x = Number.NaN;
  place.y = Number.NaN;
}

/** Arc sine of what rounding may have led beyond 1; not a number farther off. */
export const arcSine = (value: number): number =>
  Math.abs(value) <= 1
    ? Math.asin(value)
    : Math.abs(value) <= 1 + EDGE
      ? (Math.sign(value) * Math.PI) / 2
      : Number.NaN;

/** Steps of Newton's method. */
const STEPS = 60;
const ROUNDING = 1e-15;

/** Where a function is zero, by Newton's method; not a number where it does not get there. */
export function solve(start: number, step: (value: number) => number): number {
  let value = start;
  for (let count = 0; count < STEPS; count++) {
    const change = step(value);
    value -= change;
    if (!(Math.abs(change) > ROUNDING)) return value;
  }
  return value;
}
