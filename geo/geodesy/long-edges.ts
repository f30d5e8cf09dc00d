import type { Geometry, Position } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { computeBounds } from '../layer/layer.ts';
import { collectParts, geometryFromParts } from './antimeridian.ts';

/** Degrees of longitude beyond which the ends of an edge are nearer to each other the other way round the globe. */
const HALF_TURN = 180;
const TURN = 360;
/** Degrees within which an edge goes round the whole globe. */
const ROUNDING = 1e-9;
/**
 * Degrees of longitude that an area across the antimeridian may span at most for its long edges to go the shorter way: of wider
 * ones either way may be meant.
 */
const WIDEST_ACROSS = 90;
/** Degrees, a metre on the equator, below which nothing is left of an area the shorter way round. */
const NARROWEST_ACROSS = 1e-5;

/** Degrees of longitude from one end to the other, to the east; along a pole, where maps of the whole world have an edge, none. */
const turnOf = ([x = 0, y = 0]: Position, [otherX = 0, otherY = 0]: Position): number =>
  Math.abs(y) === 90 && y === otherY ? 0 : otherX - x;

const goesRound = (turn: number): boolean => Math.abs(turn) >= TURN - ROUNDING;
const isLong = (turn: number): boolean => Math.abs(turn) > HALF_TURN;
const shorterWay = (turn: number): number => turn - TURN * Math.round(turn / TURN);

const hasEdge = (line: readonly Position[], isMeant: (turn: number) => boolean): boolean =>
  line.some((position, index) => index > 0 && isMeant(turnOf(line[index - 1] ?? position, position)));

/**
 * Whether the long edges of a ring cross the antimeridian and were not cut there: not all of them go round the whole globe (from 180 to
 * -180 degrees, which is nothing the shorter way), and with all edges the shorter way the ring comes back to where it began and is neither as good as nothing nor wider than a quarter turn.
 */
function crossesUncut(ring: readonly Position[]): boolean {
  if (runsOn(ring) || !hasEdge(ring, (turn) => isLong(turn) && !goesRound(turn))) return false;
  let [longitude, west, east] = [0, 0, 0];
  for (const [index, [x = 0]] of ring.entries()) {
    const [before = x] = ring[index - 1] ?? [];
    longitude += shorterWay(x - before);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  const width = east - west;
  return Math.abs(longitude) < HALF_TURN && width > NARROWEST_ACROSS && width <= WIDEST_ACROSS;
}

/** Longitudes that run on beyond the antimeridian say the way themselves. */
const runsOn = (line: readonly Position[]): boolean => line.some(([x = 0]) => Math.abs(x) > HALF_TURN);

const isUncut = (ring: readonly Position[]): boolean => hasEdge(ring, isLong) && crossesUncut(ring);

/** Whether areas of a geometry have edges of more than half a turn that are taken the shorter way, across the antimeridian. */
export const hasUncutAreas = (geometry: Geometry): boolean =>
  collectParts(geometry).polygons.some((rings) => rings.some(isUncut));

/**
 * Whether a geometry with longitudes in [-180, 180] has edges that a plane about a place has the other way round the globe than
 * the plane of longitudes and latitudes. Of lines, those are the edges of a whole turn: one of less crosses the antimeridian and
 * was not cut, as tracks do. Of areas, those of more than half a turn, as belts have, unless the area lies across the antimeridian.
 */
export function goesRoundGlobe(geometry: Geometry): boolean {
  const { lines, polygons } = collectParts(geometry);
  return (
    lines.some((line) => hasEdge(line, goesRound)) ||
    polygons.some((rings) => rings.some((ring) => hasEdge(ring, isLong) && !crossesUncut(ring)))
  );
}

/** Degrees of longitude by which an edge of a line or ring goes on, the way that it is meant to. */
export type Way = (from: Position, to: Position) => number;

/**
 * How the edges of a line or ring go: long ones the shorter way where they cross the antimeridian uncut. Longitudes that run on beyond
 * it say the way themselves.
 */
export function wayOfEdges(line: readonly Position[], isRing: boolean): Way {
  if (runsOn(line)) return turnOf;
  if (isRing) return crossesUncut(line) ? (from, to) => shorterWay(turnOf(from, to)) : turnOf;
  return (from, to) => {
    const turn = turnOf(from, to);
    return goesRound(turn) ? turn : shorterWay(turn);
  };
}

/**
 * A geometry with longitudes in [-180, 180] in which edges that cross the antimeridian uncut have longitudes that run on, as the way that
 * they are meant has. The others stay as they are.
 */
export function withUncutRunningOn(geometry: Geometry): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  const isTrack = (line: Position[]) => hasEdge(line, isLong);
  if (!lines.some(isTrack) && !hasUncutAreas(geometry)) return geometry;
  const parts = {
    points,
    lines: lines.map((line) => (isTrack(line) ? runningOn(line, wayOfEdges(line, false)) : line)),
    polygons: polygons.map((rings) => (rings.some(isUncut) ? polygonRunningOn(rings) : rings)),
  };
  return geometryFromParts(parts, geometry);
}

function polygonRunningOn(rings: readonly Position[][]): Position[][] {
  let middle: number | undefined;
  return rings.map((ring) => {
    const whole = runningOn(ring, wayOfEdges(ring, true));
    const [west = 0, , east = 0] = computeBounds([{ type: 'LineString', coordinates: whole }]) ?? [];
    // Holes are within the longitudes of the exterior ring, which comes first.
    middle ??= (west + east) / 2;
    const turn = TURN * Math.round((middle - (west + east) / 2) / TURN);
    return whole.map(([x = 0, ...rest]) => [x + turn, ...rest]);
  });
}

function runningOn(line: readonly Position[], way: Way): Position[] {
  let longitude = line[0]?.[0] ?? 0;
  return line.map((position, index) => {
    const before = line[index - 1];
    if (before) longitude += way(before, position);
    return [longitude, ...position.slice(1)];
  });
}

/** Says that areas were taken to lie across the antimeridian, which may not be what was meant. */
export function warnOfUncutAreas({ warn }: Pick<RunContext, 'warn'>, first?: string): void {
  warn(
    'Polygons have edges that span more than 180 degrees of longitude. They are assumed to take the shorter path, across the antimeridian. For the longer path, add vertices to these edges.',
    first === undefined ? {} : { first },
  );
}
