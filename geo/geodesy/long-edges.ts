import type { Geometry, Position } from 'geojson';
import type { Geos } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';
import { asMany, collectParts, cutAtAntimeridian, geometryFromParts } from './antimeridian.ts';

/** Degrees of longitude beyond which the ends of an edge are nearer to each other the other way round the globe. */
const HALF_TURN = 180;
const TURN = 360;
/** Degrees within which an edge goes round the whole globe. */
const ROUNDING = 1e-9;
/**
 * Degrees of longitude that the long edges of an area may each have at most for them to go the shorter way: of longer ones either
 * way may be meant.
 */
const LONGEST_ACROSS = 90;
/** Degrees, a metre on the equator, below which nothing is left of an area the shorter way round. */
const NARROWEST_ACROSS = 1e-5;

/** Degrees of longitude from one end to the other, to the east; along a pole, where maps of the whole world have an edge, none. */
export const turnOf = ([x = 0, y = 0]: Position, [otherX = 0, otherY = 0]: Position): number =>
  Math.abs(y) === 90 && y === otherY ? 0 : otherX - x;

const goesRound = (turn: number): boolean => Math.abs(turn) >= TURN - ROUNDING;
const isLong = (turn: number): boolean => Math.abs(turn) > HALF_TURN;
const mayCross = (turn: number): boolean => isLong(turn) && !goesRound(turn);

/** A turn in degrees of longitude, the shorter way round the globe. */
export const shorterWay = (turn: number): number => turn - TURN * Math.round(turn / TURN);

const hasEdge = (line: readonly Position[], isMeant: (turn: number) => boolean): boolean =>
  line.some((position, index) => index > 0 && isMeant(turnOf(line[index - 1] ?? position, position)));

/** Longitudes that run on beyond the antimeridian say the way themselves. */
const runsOn = (line: readonly Position[]): boolean => line.some(([x = 0]) => Math.abs(x) > HALF_TURN);

/**
 * Whether a line crosses the antimeridian and was not cut there, as tracks do: it has edges of more than half a turn, but less than a
 * whole one (from 180 to -180 degrees, which is nothing the shorter way).
 */
const isUncutLine = (line: readonly Position[]): boolean => hasEdge(line, mayCross) && !runsOn(line);

/**
 * Whether a ring does so: none of its long edges has more than a quarter turn the shorter way, and with all edges the shorter way it comes
 * back to where it began and is not as good as nothing.
 */
function isUncutRing(ring: readonly Position[]): boolean {
  if (!isUncutLine(ring)) return false;
  if (hasEdge(ring, (turn) => isLong(turn) && Math.abs(shorterWay(turn)) > LONGEST_ACROSS)) return false;
  const whole = runningOn(ring);
  const [west, east] = extentOf(whole);
  return (
    Math.abs((whole.at(-1)?.[0] ?? 0) - (whole[0]?.[0] ?? 0)) < HALF_TURN && east - west > NARROWEST_ACROSS
  );
}

/**
 * Whether a geometry with longitudes in [-180, 180] has edges that a plane about a place has the other way round the globe than
 * the plane of longitudes and latitudes: those of more than half a turn, as belts have.
 */
export function goesRoundGlobe(geometry: Geometry): boolean {
  const { lines, polygons } = collectParts(geometry);
  return [...lines, ...polygons.flat()].some((line) => hasEdge(line, isLong));
}

/**
 * A geometry in which what crosses the antimeridian and was not cut there has longitudes that run on. The geometry itself where
 * nothing does.
 */
export function withUncutRunningOn(geometry: Geometry, geos: Geos): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  if (!lines.some(isUncutLine) && !polygons.some((rings) => rings.some(isUncutRing))) return geometry;
  const parts = {
    points,
    lines: lines.map((line) => (isUncutLine(line) ? runningOn(line) : line)),
    polygons: polygons.flatMap((rings) => polygonsRunningOn(rings, geos)),
  };
  return asMany(geometryFromParts(parts, geometry), geometry);
}

function polygonsRunningOn(rings: Position[][], geos: Geos): Position[][][] {
  const [exterior = [], ...holes] = rings;
  const across = isUncutRing(exterior);
  if (!across && !holes.some(isUncutRing)) return [rings];
  const whole = across ? turnedTo(0, runningOn(exterior)) : exterior;
  // Holes are within the longitudes of the exterior ring.
  const [west, east] = extentOf(whole);
  const moved = holes.map((hole) =>
    across || isUncutRing(hole) ? turnedTo((west + east) / 2, runningOn(hole)) : hole,
  );
  const isWithin = (hole: Position[]): boolean => {
    const [from, to] = extentOf(hole);
    return from >= west && to <= east;
  };
  if (moved.every(isWithin)) return [[whole, ...moved]];
  // The exterior ring ends at the antimeridian, and so must the hole.
  return without(
    [whole, ...moved.filter(isWithin)],
    moved.filter((hole) => !isWithin(hole)),
    geos,
  );
}

/** What is left of a polygon without areas that cross the antimeridian. */
const without = (polygon: Position[][], areas: readonly Position[][], geos: Geos): Position[][][] =>
  geos.scope((scope) => {
    const valid = (geometry: Geometry) => {
      const handle = scope.read(geometry);
      return scope.isValid(handle) ? handle : scope.makeValid(handle);
    };
    let rest = valid({ type: 'Polygon', coordinates: polygon });
    for (const ring of areas)
      rest = scope.difference(rest, valid(cutAtAntimeridian({ type: 'Polygon', coordinates: [ring] }, geos)));
    return collectParts(scope.geometry(rest)).polygons;
  });

/** A line or ring turned so that its middle is no more than half a turn from a longitude. */
function turnedTo(longitude: number, line: Position[]): Position[] {
  const [west, east] = extentOf(line);
  const turn = TURN * Math.round((longitude - (west + east) / 2) / TURN);
  return turn === 0 ? line : line.map(([x = 0, ...rest]) => [x + turn, ...rest]);
}

/** With all edges the shorter way. */
function runningOn(line: readonly Position[]): Position[] {
  let longitude = line[0]?.[0] ?? 0;
  return line.map((position, index) => {
    const before = line[index - 1];
    if (before) longitude += shorterWay((position[0] ?? 0) - (before[0] ?? 0));
    return [longitude, ...position.slice(1)];
  });
}

function extentOf(coordinates: Position[]): readonly [west: number, east: number] {
  const [west = 0, , east = 0] = computeBounds([{ type: 'LineString', coordinates }]) ?? [];
  return [west, east];
}
