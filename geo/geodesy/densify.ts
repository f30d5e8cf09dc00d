import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import type { Transform } from '../crs/transformer.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

/** Into how many equal pieces an edge of a length is cut; at least 1. */
export type Pieces = (length: number) => number;

/** Appends the positions that are put between two vertices, in order. */
export type Between = (from: Position, to: Position, positions: Position[]) => void;

/** Edges of a plane. `pieces` gets lengths in its units. */
export const alongPlane =
  (pieces: Pieces): Between =>
  (from, to, positions) =>
    addStraight(from, to, pieces(Math.hypot(to[0]! - from[0]!, to[1]! - from[1]!)), positions);

/** Straight edges between longitudes and latitudes, cut by their geodesic length in metres. */
export const alongDegrees =
  (pieces: Pieces): Between =>
  (from, to, positions) =>
    addStraight(from, to, pieces(wgs84.Inverse(from[1]!, from[0]!, to[1]!, to[0]!).s12 ?? 0), positions);

/** From the CRS of the vertices to longitudes and latitudes, and back. */
export interface Geographic {
  readonly forward: Transform;
  readonly inverse: Transform;
}

/**
 * Geodesics of the WGS 84 ellipsoid (C. F. F. Karney, Algorithms for geodesics, 2013), cut by length in metres.
 * Longitudes of what is put in lie in [-180, 180]; heights run on evenly.
 *
 * @param pieces gets lengths in metres.
 */
export const alongGeodesic =
  (pieces: Pieces, { forward, inverse }: Geographic): Between =>
  (from, to, positions) => {
    const [start, end] = [forward(from), forward(to)];
    const line = wgs84.InverseLine(start[1]!, start[0]!, end[1]!, end[0]!);
    const count = pieces(line.s13);
    for (let piece = 1; piece < count; piece++) {
      const share = piece / count;
      const place = line.Position(line.s13 * share, Geodesic.STANDARD | Geodesic.LONG_UNROLL);
      const { lon2: longitude = 0, lat2: latitude = 0 } = place;
      const turns = longitude >= -180 && longitude <= 180 ? 0 : Math.round(longitude / 360);
      const height = straightPosition(from, to, share).slice(2);
      positions.push(inverse([longitude - 360 * turns, latitude, ...height]));
    }
  };

function addStraight(from: Position, to: Position, count: number, positions: Position[]): void {
  for (let piece = 1; piece < count; piece++) positions.push(straightPosition(from, to, piece / count));
}

function straightPosition(from: Position, to: Position, share: number): Position {
  const x = from[0]! + (to[0]! - from[0]!) * share;
  const y = from[1]! + (to[1]! - from[1]!) * share;
  if (from.length === 2 || to.length === 2) return [x, y];
  return [x, y, ...from.slice(2, to.length).map((value, axis) => value + (to[axis + 2]! - value) * share)];
}

/** A geometry with more vertices on its lines and rings. */
export function densified(geometry: Geometry, between: Between): Geometry {
  const line = (positions: readonly Position[]): Position[] => {
    const dense: Position[] = [];
    for (const [index, position] of positions.entries()) {
      if (index > 0) between(positions[index - 1]!, position, dense);
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
