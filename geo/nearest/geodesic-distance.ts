import geographiclib from 'geographiclib-geodesic';
import { degreeAt, toRadians } from '../geodesy/degree.ts';
import { shorterWay } from '../geodesy/long-edges.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

/** Metres of the mean radius of the Earth. */
const RADIUS = 6_371_000;
/** Metres up to which the distance to the places of a geodesic has one least value: beyond a quarter of the globe it may have a greatest one. */
const NEAR = 9_000_000;
/** Metres along the edge that do not matter. */
const CLOSE = 1e-6;
const STEPS = 40;
/** Metres that geodesics may be off: what is no farther from an edge lies on it. */
const ON_EDGE = 2e-8;
/** Radians up to which the tangent is asked for. */
const MOST_ANGLE = 1.5;
/** How many times as long, or short, as on a geodesic a step is at most for what the edge is curved. */
const MOST_LONGER = 4;

/** Degrees. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** Metres of the geodesic between two places. */
export const metresBetween = (one: Place, other: Place): number =>
  wgs84.Inverse(one.latitude, one.longitude, other.latitude, other.longitude, Geodesic.DISTANCE).s12 ?? 0;

/**
 * Metres from a place to the nearest one of an edge that is straight in longitudes and latitudes. The foot of the perpendicular is found
 * by iteration: right-angled triangles on a sphere lead to it (S. Baselga and J. C. Martinez-Llario, Intersection and point-to-line
 * solutions for geodesics on the ellipsoid, 2018; C. F. F. Karney, Geodesic intersections, 2023), shortened or lengthened by what the edge is curved.
 *
 * @param share of the edge at which to begin: about where the foot is
 */
export function metresToEdge(place: Place, from: Place, to: Place, share: number): number {
  const turn = shorterWay(to.longitude - from.longitude);
  const rise = to.latitude - from.latitude;
  /** A place of the edge: its distance, how that grows along the edge, and the share by which it is nearer to the foot. */
  const look = (at: number): Look => {
    const latitude = at === 1 ? to.latitude : from.latitude + at * rise;
    const { s12: metres = 0, azi2: coming = 0 } = wgs84.Inverse(
      place.latitude,
      place.longitude,
      latitude,
      from.longitude + at * turn,
    );
    const { eastward, northward } = degreeAt(latitude);
    const [east, north] = [turn * eastward, rise * northward];
    const length = Math.hypot(east, north);
    if (length === 0) return { metres, slope: 0, step: 0 };
    const [sine, cosine] = [Math.sin(coming * toRadians), Math.cos(coming * toRadians)];
    const slope = (cosine * north + sine * east) / length;
    const aside = (sine * north - cosine * east) / length;
    const tangent = Math.tan(Math.min(metres / RADIUS, MOST_ANGLE));
    const bend = 1 + (aside === 0 ? 0 : (curvature(latitude, east / length) * tangent) / aside);
    const step = (-RADIUS * Math.atan(slope * tangent)) / clampBend(bend) / length;
    return { metres, slope, step };
  };
  let at = Math.min(1, Math.max(0, share));
  let here = look(at);
  let least = here.metres;
  if (mayHaveGreatest(least, from, to)) {
    const [start, end] = [look(0), look(1)];
    least = Math.min(least, start.metres, end.metres);
    if (start.slope >= 0 || end.slope <= 0) return least;
  }
  let [low, high] = [0, 1];
  const close = CLOSE / Math.max(CLOSE, lengthOf(turn, rise));
  for (let step = 0; step < STEPS && here.metres > CLOSE; step++) {
    if (here.slope < 0) low = at;
    else high = at;
    const foot = at + here.step;
    const next = foot < low || foot > high ? clampOrHalve(foot, low, high) : foot;
    if (Math.abs(next - at) < close) break;
    at = next;
    here = look(at);
    least = Math.min(least, here.metres);
  }
  return least > ON_EDGE ? least : 0;
}

interface Look {
  readonly metres: number;
  readonly slope: number;
  readonly step: number;
}

const clampBend = (bend: number): number => Math.min(MOST_LONGER, Math.max(1 / MOST_LONGER, bend));

/** Metres of an edge, or somewhat more. */
const lengthOf = (turn: number, rise: number): number => Math.hypot(turn, rise) * toRadians * 1.01 * RADIUS;

/**
 * How much faster than a geodesic an edge turns to the right, per radian of the globe.
 *
 * @param eastward sine of its course
 */
const curvature = (latitude: number, eastward: number): number =>
  -Math.tan(latitude * toRadians) * eastward * (2 - eastward * eastward);

/** Whether a place may be so far away, or beyond where perpendiculars of the edge meet, that a place within the edge is the farthest. */
function mayHaveGreatest(metres: number, from: Place, to: Place): boolean {
  if (metres > NEAR) return true;
  const latitude = Math.max(Math.abs(from.latitude), Math.abs(to.latitude));
  // 1.1: the greatest of what the course does to the curvature.
  return 1.1 * Math.tan(latitude * toRadians) * Math.tan(metres / RADIUS) > 1;
}

/** Ends of the edge are looked at themselves; a step that leaves what is left between two others goes to the middle of that. */
function clampOrHalve(foot: number, low: number, high: number): number {
  if (foot <= 0 && low === 0) return 0;
  if (foot >= 1 && high === 1) return 1;
  return (low + high) / 2;
}
