import type { Geometry, Position } from 'geojson';
import { collectParts, geometryFromParts, type Parts } from './antimeridian.ts';

/** Degrees of longitude beyond which the ends of an edge are nearer to each other the other way round the globe. */
const HALF_TURN = 180;
/** Degrees of longitude of the pieces that such an edge is split into. */
const PIECE = 1;

/** Whether an edge goes the longer way round the globe; along a pole, where maps of the whole world have one, no way is long. */
const isLong = ([x = 0, y = 0]: Position, [otherX = 0, otherY = 0]: Position): boolean =>
  Math.abs(x - otherX) > HALF_TURN && !(Math.abs(y) === 90 && y === otherY);

const hasLong = (line: readonly Position[]): boolean =>
  line.some((position, index) => index > 0 && isLong(line[index - 1] ?? position, position));

const linesOf = ({ lines, polygons }: Parts): readonly (readonly Position[])[] => [
  ...lines,
  ...polygons.flat(),
];

/**
 * Whether a geometry with longitudes in [-180, 180] has edges that go the longer way round the globe, as belts and the whole
 * world have: edges are straight in the plane of longitudes and latitudes, where a plane about a place has them the shorter way.
 */
export const hasLongEdges = (geometry: Geometry): boolean => linesOf(collectParts(geometry)).some(hasLong);

/** The geometry with these edges in pieces, each of which goes the shorter way; the same object where it has none. */
export function splitLongEdges(geometry: Geometry): Geometry {
  const parts = collectParts(geometry);
  if (!linesOf(parts).some(hasLong)) return geometry;
  const { points, lines, polygons } = parts;
  return geometryFromParts(
    { points, lines: lines.map(split), polygons: polygons.map((rings) => rings.map(split)) },
    geometry,
  );
}

function split(line: readonly Position[]): Position[] {
  const result: Position[] = [];
  for (const position of line) {
    const before = result.at(-1);
    if (before && isLong(before, position)) {
      const pieces = Math.ceil(Math.abs((position[0] ?? 0) - (before[0] ?? 0)) / PIECE);
      for (let piece = 1; piece < pieces; piece++)
        result.push(
          before.slice(0, 2).map((from, axis) => from + (((position[axis] ?? 0) - from) * piece) / pieces),
        );
    }
    result.push(position);
  }
  return result;
}
