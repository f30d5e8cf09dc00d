import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import type { Transform } from '../crs/transformer.ts';
import { isLongEdge, measureStraightEdge } from './straight-edge.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

/** Into how many equal pieces an edge of a length is cut; at least 1. */
export type Pieces = (length: number) => number;

/** Appends the positions that are put between two vertices, in order. */
export type Between = (from: Position, to: Position, positions: Position[]) => void;

/** Edges of a plane. `pieces` gets lengths in its units. */
export const alongPlane =
  (pieces: Pieces): Between =>
  (from, to, positions) => {
    const [[x = 0, y = 0], [toX = 0, toY = 0]] = [from, to];
    addStraight(from, to, pieces(Math.hypot(toX - x, toY - y)), positions);
  };

/** Straight edges between longitudes and latitudes, cut by their geodesic length in metres. */
export const alongDegrees =
  (pieces: Pieces): Between =>
  (from, to, positions) => {
    const [[x = 0, y = 0], [toX = 0, toY = 0]] = [from, to];
    if (isLongEdge(from, to)) alongLongEdge(pieces)(from, to, positions);
    else addStraight(from, to, pieces(wgs84.Inverse(y, x, toY, toX).s12 ?? 0), positions);
  };

/** The same for an edge of more than half a turn, cut by the length that it has the long way round. */
export const alongLongEdge =
  (pieces: Pieces): Between =>
  (from, to, positions) =>
    addStraight(from, to, pieces(measureStraightEdge(from, to).length), positions);

/** From the CRS of the vertices to longitudes and latitudes, and back. */
export interface Geographic {
  readonly forward: Transform;
  readonly inverse: Transform;
}

/**
 * Geodesics of the WGS 84 ellipsoid (C. F. F. Karney, Algorithms for geodesics, 2013), cut by length in metres.
 * Longitudes of what is put in lie between those of the ends, or, over more than half a turn, in [-180, 180]; heights run on evenly.
 *
 * @param pieces gets lengths in metres.
 */
export const alongGeodesic =
  (pieces: Pieces, { forward, inverse }: Geographic): Between =>
  (from, to, positions) => {
    const [[x = 0, y = 0], [toX = 0, toY = 0]] = [forward(from), forward(to)];
    const line = wgs84.InverseLine(y, x, toY, toX);
    const count = pieces(line.s13);
    // Where longitudes of both ends run on beyond 180, so do those between them.
    const middle = isLongEdge([x, y], [toX, toY]) ? 0 : (x + toX) / 2;
    for (let piece = 1; piece < count; piece++) {
      const share = piece / count;
      const place = line.Position(line.s13 * share, Geodesic.STANDARD | Geodesic.LONG_UNROLL);
      const { lon2: longitude = 0, lat2: latitude = 0 } = place;
      const turns = Math.round((longitude - middle) / 360);
      const height = straightPosition(from, to, share).slice(2);
      positions.push(inverse([longitude - 360 * turns, latitude, ...height]));
    }
  };

function addStraight(from: Position, to: Position, count: number, positions: Position[]): void {
  for (let piece = 1; piece < count; piece++) positions.push(straightPosition(from, to, piece / count));
}

function straightPosition(from: Position, to: Position, share: number): Position {
  const [fromX = 0, fromY = 0] = from;
  const [toX = 0, toY = 0, ...others] = to;
  const x = fromX + (toX - fromX) * share;
  const y = fromY + (toY - fromY) * share;
  if (from.length === 2 || to.length === 2) return [x, y];
  const rest = from
    .slice(2, to.length)
    .map((value, axis) => value + ((others[axis] ?? value) - value) * share);
  return [x, y, ...rest];
}

/** A geometry with more vertices on its lines and rings. */
export function densified(geometry: Geometry, between: Between): Geometry {
  const line = (positions: readonly Position[]): Position[] => {
    const dense: Position[] = [];
    for (const [index, position] of positions.entries()) {
      const previous = positions[index - 1];
      if (previous) between(previous, position, dense);
      dense.push(position);
    }
    return dense;
  };
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: line(geometry.coordinates) };
    case 'MultiLineString':
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(line) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(line)) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map((part) => densified(part, between)) };
    default:
      return geometry;
  }
}
