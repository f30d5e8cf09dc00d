import type { Geometry, Position } from 'geojson';
import { collectParts, geometryFromParts } from './antimeridian.ts';
import { type Way, wayOfEdges } from './long-edges.ts';

/** Degrees of longitude or latitude up to which an edge stays whole, and of the pieces of longer ones. */
const WHOLE = 1;
const PIECE = 0.25;
/** Pieces of all edges together, beyond which they become longer. */
const MOST_PIECES = 2_000_000;
/**
 * Metres that the straight line between longitudes and latitudes may be from the geodesic over a degree: the square of the
 * length by the curvature of the line, which is greatest for slanting ones near the poles; along parallels it is a quarter of that.
 */
const METRES_OFF = 500;

export interface SplitEdges<G extends Geometry | null> {
  /** Those without long edges are the same objects. */
  readonly geometries: readonly G[];
  /** Metres up to which edges of the plane of longitudes and latitudes may be off, where they had to stay longer than they should. */
  readonly metresOff: number | undefined;
}

/**
 * Geometries in longitudes and latitudes, in which edges are straight, with edges of more than a degree in pieces: these lie in
 * any plane nearby where the edge lies on the map. Pieces are a quarter of a degree, 31 metres off at most, or longer where that
 * would be more than two million.
 */
export function splitLongEdges<G extends Geometry | null>(given: readonly G[]): SplitEdges<G> {
  let degrees = 0;
  for (const geometry of given) if (geometry) degrees += countLongDegrees(geometry);
  if (degrees === 0) return { geometries: given, metresOff: undefined };
  const piece = Math.max(PIECE, degrees / MOST_PIECES);
  return {
    geometries: given.map((geometry) =>
      geometry && countLongDegrees(geometry) > 0 ? (split(geometry, piece) as G) : geometry,
    ),
    metresOff: piece > PIECE ? Math.ceil(METRES_OFF * piece ** 2) : undefined,
  };
}

/** A geometry by itself with its long edges in pieces. */
export const splitEdgesOf = (geometry: Geometry): Geometry =>
  splitLongEdges([geometry]).geometries[0] ?? geometry;

function countLongDegrees(geometry: Geometry): number {
  let degrees = 0;
  const { lines, polygons } = collectParts(geometry);
  const count = (line: readonly Position[], isRing: boolean): void => {
    let way: Way | undefined;
    let before: Position | undefined;
    for (const position of line) {
      if (before && isLonger(before, position)) {
        way ??= wayOfEdges(line, isRing);
        const length = degreesOf(before, position, way);
        if (length > WHOLE) degrees += length;
      }
      before = position;
    }
  };
  for (const line of lines) count(line, false);
  for (const rings of polygons) for (const ring of rings) count(ring, true);
  return degrees;
}

const isLonger = ([x = 0, y = 0]: Position, [toX = 0, toY = 0]: Position): boolean =>
  Math.abs(toX - x) > WHOLE || Math.abs(toY - y) > WHOLE;

const degreesOf = (from: Position, to: Position, way: Way): number =>
  Math.max(Math.abs(way(from, to)), Math.abs((to[1] ?? 0) - (from[1] ?? 0)));

function split(geometry: Geometry, piece: number): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  return geometryFromParts(
    {
      points,
      lines: lines.map((line) => splitLine(line, false, piece)),
      polygons: polygons.map((rings) => rings.map((ring) => splitLine(ring, true, piece))),
    },
    geometry,
  );
}

function splitLine(line: readonly Position[], isRing: boolean, piece: number): Position[] {
  const way = wayOfEdges(line, isRing);
  const result: Position[] = [];
  let before: Position | undefined;
  for (const position of line) {
    const degrees = before ? degreesOf(before, position, way) : 0;
    if (before && degrees > WHOLE) {
      const [[x = 0, y = 0], turn] = [before, way(before, position)];
      const pieces = Math.ceil(degrees / piece);
      for (let number = 1; number < pieces; number++) {
        const longitude = x + (turn * number) / pieces;
        result.push([
          Math.abs(longitude) > 180 ? longitude - 360 * Math.sign(longitude) : longitude,
          y + (((position[1] ?? 0) - y) * number) / pieces,
        ]);
      }
    }
    result.push(position);
    before = position;
  }
  return result;
}
