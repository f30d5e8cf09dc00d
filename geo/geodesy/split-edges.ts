import type { Geometry, Position } from 'geojson';
import { collectParts } from './antimeridian.ts';
import { toRadians } from './degree.ts';
import { turnOf } from './long-edges.ts';

/** Degrees of longitude or latitude that no piece of an edge is longer than. */
const LONGEST = 1;
/** Pieces of all edges together, beyond which they become longer. */
const MOST_PIECES = 2_000_000;
/** Metres of the mean radius of the Earth. */
const RADIUS = 6_371_000;
/** Degrees below which an edge need not be looked at: it is 20 centimetres from a geodesic at most. */
const SHORT = 0.02;

/**
 * Geometries in longitudes and latitudes, in which edges are straight, with edges that are more than some metres from the geodesics
 * between their ends in pieces that are not. Those without long edges are the same objects. Pieces are longer, all alike, where they would
 * be more than two million.
 *
 * @param metres that an edge may be off, at least 1
 */
export function splitLongEdges<G extends Geometry | null>(given: readonly G[], metres: number): G[] {
  const longer = lengthening(given, () => metres);
  return given.map((geometry) => geometry && (splitEdgesOf(geometry, metres, longer) as G));
}

/**
 * How many times as long pieces have to be so that they are no more than two million; 1 where they are.
 *
 * @param metres that edges of a geometry may be off
 */
export function lengthening(given: Iterable<Geometry | null>, metres: (index: number) => number): number {
  let pieces = 0;
  let index = 0;
  for (const geometry of given) {
    const off = metres(index++);
    if (geometry)
      eachEdge(geometry, (from, to) => {
        const count = countPieces(from, to, off, 1);
        if (count > 1) pieces += count;
      });
  }
  return Math.max(1, pieces / MOST_PIECES);
}

/** A geometry by itself with its long edges in pieces; itself where it has none. */
export function splitEdgesOf(geometry: Geometry, metres: number, longer = 1): Geometry {
  let isLong = false;
  eachEdge(geometry, (from, to) => {
    isLong ||= countPieces(from, to, metres, longer) > 1;
  });
  return isLong ? split(geometry, metres, longer) : geometry;
}

/** Visits the edges that are not short, with the metres by which they are from geodesics. */
export const eachLongEdge = (
  geometry: Geometry,
  visit: (from: Position, to: Position, metres: number) => void,
): void =>
  eachEdge(geometry, (from, to) =>
    visit(from, to, metresOffGeodesic(turnOf(from, to), from[1] ?? 0, to[1] ?? 0)),
  );

/** Visits the edges that are not short. */
function eachEdge(geometry: Geometry, visit: (from: Position, to: Position) => void): void {
  const { lines, polygons } = collectParts(geometry);
  const each = (line: readonly Position[]): void => {
    let before: Position | undefined;
    for (const position of line) {
      if (before && !isShort(before, position)) visit(before, position);
      before = position;
    }
  };
  for (const line of lines) each(line);
  for (const rings of polygons) for (const ring of rings) each(ring);
}

const isShort = ([x = 0, y = 0]: Position, [toX = 0, toY = 0]: Position): boolean =>
  Math.abs(toX - x) <= SHORT && Math.abs(toY - y) <= SHORT;

/** The deviation falls with the square of the length of a piece. */
function countPieces(from: Position, to: Position, metres: number, longer: number): number {
  const turn = turnOf(from, to);
  const degrees = Math.max(Math.abs(turn), Math.abs((to[1] ?? 0) - (from[1] ?? 0)));
  const pieces = Math.max(
    degrees / LONGEST,
    Math.sqrt(metresOffGeodesic(turn, from[1] ?? 0, to[1] ?? 0) / metres),
  );
  return Math.ceil(pieces / longer);
}

/**
 * Metres by which a straight line between longitudes and latitudes is from the geodesic between its ends, or somewhat more: the square
 * of its length by an eighth of its geodesic curvature, on a sphere, where that is greatest.
 *
 * @param turn degrees of longitude from one end to the other
 * @param y degrees of latitude of the ends
 */
export function metresOffGeodesic(turn: number, y: number, toY: number): number {
  const [across, along] = [Math.abs(turn) * toRadians, Math.abs(toY - y) * toRadians];
  if (across === 0) return 0;
  const [one, other] = [Math.abs(y) * toRadians, Math.abs(toY) * toRadians];
  const [least, most] = [y * toY < 0 ? 0 : Math.min(one, other), Math.max(one, other)];
  const middle = Math.min(most, Math.max(least, Math.PI / 4));
  const at = (latitude: number): number => {
    const eastward = across * Math.cos(latitude);
    const length = Math.hypot(eastward, along);
    const turned = length === 0 ? 0 : (eastward ** 2 + 2 * along ** 2) / length;
    return (RADIUS / 8) * across * Math.sin(latitude) * turned;
  };
  return Math.max(at(least), at(middle), at(most));
}

function split(geometry: Geometry, metres: number, longer: number): Geometry {
  return mapLines(geometry, (line) => splitLine(line, metres, longer));
}

/** The same geometry with other lines and rings. */
function mapLines(geometry: Geometry, change: (line: readonly Position[]) => Position[]): Geometry {
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: change(geometry.coordinates) };
    case 'MultiLineString':
      return { ...geometry, coordinates: geometry.coordinates.map(change) };
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(change) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(change)) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map((part) => mapLines(part, change)) };
    default:
      return geometry;
  }
}

function splitLine(line: readonly Position[], metres: number, longer: number): Position[] {
  const result: Position[] = [];
  let before: Position | undefined;
  for (const position of line) {
    if (before && !isShort(before, position)) {
      const [[x = 0, y = 0], turn] = [before, turnOf(before, position)];
      const pieces = countPieces(before, position, metres, longer);
      for (let number = 1; number < pieces; number++) {
        const share = number / pieces;
        result.push([x + turn * share, y + ((position[1] ?? 0) - y) * share]);
      }
    }
    result.push(position);
    before = position;
  }
  return result;
}
