import proj4 from 'proj4';
import { WGS84 } from './definition.ts';
import { lose } from './projections/formulas.ts';
import { withOwnNames } from './projections/index.ts';
import type { Place } from './projections/place.ts';

export type { Place } from './projections/place.ts';

/** Moves a place. One that has no place in the target gets coordinates that are not finite; nothing is thrown. */
export type Move = (place: Place) => void;

/** What the types of proj4 leave out of a projection. */
interface Projection {
  readonly projName: string;
  readonly axis: string;
  /** Absent for metres and degrees. */
  readonly to_meter?: number;
  /** In radians; absent for the meridian of Greenwich. */
  readonly from_greenwich?: number;
  readonly long_wrap?: number;
  /** In radians; absent where the formulas have none. */
  readonly long0?: number;
  readonly x0?: number;
  readonly datum: { readonly datum_type: number; readonly a: number; readonly es: number };
  /** From radians; null where there is no result. It may give back what it is given. */
  readonly forward: (place: Place) => Place | null;
  /** To radians, likewise. */
  readonly inverse: (place: Place) => Place | null;
}

/** Of a datum, for proj4: that of WGS 84, and one that is taken over into WGS 84 as it is. */
const DATUM_WGS84 = 4;
const DATUM_WITHOUT_SHIFT = 5;
/** Eccentricities squared that differ by less are those of GRS 80 and WGS 84. */
const SAME_ECCENTRICITY = 5e-11;

/** Radians; a little beyond is rounding. */
const POLE = Math.PI / 2 + 1e-8;
/** Half a turn from a central meridian that may lie as far from Greenwich as can be. */
const FARTHEST = 2 * Math.PI + 1e-8;

/** As proj4 has them, so that results have the same bits. */
const RADIANS = 0.017453292519943295;
const DEGREES = 57.29577951308232;

/** Radians within which a longitude is that of the antimeridian: a millimetre on the equator, by which files round. */
const AT_ANTIMERIDIAN = 1.7e-10;

const projections = new Map<string, InstanceType<typeof proj4.Proj>>();

/** Parsed once: that takes longer than transforming a position. */
function parsed(definition: string): InstanceType<typeof proj4.Proj> {
  let projection = projections.get(definition);
  if (!projection) {
    projection = new proj4.Proj(withOwnNames(definition));
    projections.set(definition, projection);
  }
  return projection;
}

const parseProjection = (definition: string): Projection => parsed(definition) as unknown as Projection;

/** Metres in one unit of the axes of a projected CRS. */
export const parseMetresPerUnit = (definition: string): number => parseProjection(definition).to_meter ?? 1;

/** From a CRS to longitude and latitude on WGS 84, in degrees. */
export function moveToWgs84(definition: string): Move {
  const source = parseProjection(definition);
  if (!isPlain(source)) return moveWithProj4(definition, WGS84);
  const { from_greenwich: meridian } = source;
  const toRadians = source.projName === 'longlat' ? degreesToRadians : makeInverse(source);
  return (place) => {
    toRadians(place);
    if (meridian) place.x += meridian;
    place.x *= DEGREES;
    place.y *= DEGREES;
  };
}

/** From longitude and latitude on WGS 84, in degrees, to a CRS. */
export function moveFromWgs84(definition: string): Move {
  const target = parseProjection(definition);
  if (!isPlain(target)) return moveWithProj4(WGS84, definition);
  const { from_greenwich: meridian } = target;
  const fromRadians = target.projName === 'longlat' ? radiansToDegrees : makeForward(target);
  const isRound = AROUND_A_POINT.has(target.projName);
  return (place) => {
    if (isRound && place.x === -180) place.x = 180;
    degreesToRadians(place);
    if (meridian) place.x -= meridian;
    fromRadians(place);
  };
}

/**
 * Projections that have one place for both sides of the antimeridian. Rounding would leave nanometres between them, in which lie the
 * centres of pixels: grids about a pole often have them on that meridian.
 */
const AROUND_A_POINT: ReadonlySet<string | undefined> = new Set(['stere', 'laea', 'aeqd']);

/**
 * True where all that lies between a position and the formulas of the projection are factors: the wrapper of proj4,
 * which looks at each position for all else that there can be, takes longer than most projections.
 */
function isPlain({ axis, datum, long_wrap }: Projection): boolean {
  if (axis !== 'enu' || long_wrap !== undefined) return false;
  if (datum.datum_type === DATUM_WITHOUT_SHIFT) return true;
  const wgs84 = parseProjection(WGS84).datum;
  return (
    datum.datum_type === DATUM_WGS84 &&
    datum.a === wgs84.a &&
    Math.abs(datum.es - wgs84.es) <= SAME_ECCENTRICITY
  );
}

function makeInverse(projection: Projection): Move {
  const metres = projection.to_meter || 1;
  const isCentred = (projection.long0 ?? 0) === 0 && !projection.from_greenwich;
  const middle = projection.x0 ?? 0;
  return (place) => {
    if (isLost(place)) return;
    place.x *= metres;
    place.y *= metres;
    const side = Math.sign(place.x - middle);
    try {
      settle(place, projection.inverse(place));
    } catch {
      // proj4 throws where some projections have no result.
      lose(place);
    }
    // Formulas go on beyond the poles of a map, and round the globe more than once.
    const isBeyond = Math.abs(place.y) > POLE || Math.abs(place.x) > FARTHEST;
    if (isBeyond && Math.abs(place.y) < Infinity) lose(place);
    // Rounding takes the edges of a map of the world beyond 180 degrees, and proj4 to the other edge.
    if (isCentred && side !== 0 && Math.abs(Math.abs(place.x) - Math.PI) < AT_ANTIMERIDIAN)
      place.x = side * Math.PI;
  };
}

function makeForward(projection: Projection): Move {
  const metres = projection.to_meter || 1;
  return (place) => {
    if (isLost(place)) return;
    try {
      settle(place, projection.forward(place));
      place.x /= metres;
      place.y /= metres;
    } catch {
      lose(place);
    }
  };
}

function degreesToRadians(place: Place): void {
  if (isLost(place)) return;
  place.x *= RADIANS;
  place.y *= RADIANS;
}

function radiansToDegrees(place: Place): void {
  place.x *= DEGREES;
  place.y *= DEGREES;
}

/** Anything else: shifts of the datum, and axes that count to the west and the south. */
function moveWithProj4(from: string, to: string): Move {
  const { forward } = proj4(parsed(from), parsed(to));
  return (place) => {
    try {
      const [x = Number.NaN, y = Number.NaN] = forward([place.x, place.y], true);
      place.x = x;
      place.y = y;
    } catch {
      // proj4 throws also where a number is not finite.
      lose(place);
    }
  };
}

/** True of what is no place: from then on it has no coordinates. Some formulas would give it some again. */
function isLost(place: Place): boolean {
  if (Number.isFinite(place.x) && Number.isFinite(place.y)) return false;
  lose(place);
  return true;
}

function settle(place: Place, result: Place | null): void {
  if (result) {
    place.x = result.x;
    place.y = result.y;
  } else lose(place);
}
