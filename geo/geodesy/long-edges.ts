import type { Geometry, Position } from 'geojson';
import { collectParts, geometryFromParts } from './antimeridian.ts';

/** Degrees of longitude beyond which the ends of an edge are nearer to each other the other way round the globe. */
const HALF_TURN = 180;
const TURN = 360;
/** Degrees within which an edge goes round the whole globe. */
const ROUNDING = 1e-9;
/** Degrees of longitude of the pieces that such an edge is split into. */
const PIECE = 1;

/** Degrees of longitude from one end to the other; along a pole, where maps of the whole world have an edge, none. */
const turnOf = ([x = 0, y = 0]: Position, [otherX = 0, otherY = 0]: Position): number =>
  Math.abs(y) === 90 && y === otherY ? 0 : Math.abs(x - otherX);

const hasEdge = (line: readonly Position[], isMeant: (turn: number) => boolean): boolean =>
  line.some((position, index) => index > 0 && isMeant(turnOf(line[index - 1] ?? position, position)));

const goesRound = (turn: number): boolean => turn >= TURN - ROUNDING;

/**
 * Whether a geometry with longitudes in [-180, 180] has edges that a plane about a place has the other way round the globe than
 * the plane of longitudes and latitudes. Of areas those are of more than half a turn, as belts have; of lines, only those of a
 * whole turn: one of less crosses the antimeridian and was not cut, as tracks do.
 */
export function hasLongEdges(geometry: Geometry): boolean {
  const { lines, polygons } = collectParts(geometry);
  return (
    lines.some((line) => hasEdge(line, goesRound)) ||
    polygons.some((rings) => rings.some((ring) => hasEdge(ring, (turn) => turn > HALF_TURN)))
  );
}

/** The geometry with edges round the whole globe in pieces; the same object where it has none. */
export function splitLongEdges(geometry: Geometry): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  if (![...lines, ...polygons.flat()].some((line) => hasEdge(line, goesRound))) return geometry;
  return geometryFromParts(
    { points, lines: lines.map(split), polygons: polygons.map((rings) => rings.map(split)) },
    geometry,
  );
}

function split(line: readonly Position[]): Position[] {
  const result: Position[] = [];
  for (const position of line) {
    const before = result.at(-1);
    if (before && goesRound(turnOf(before, position))) {
      const pieces = TURN / PIECE;
      for (let piece = 1; piece < pieces; piece++)
        result.push(
          before.slice(0, 2).map((from, axis) => from + (((position[axis] ?? 0) - from) * piece) / pieces),
        );
    }
    result.push(position);
  }
  return result;
}
