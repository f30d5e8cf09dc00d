import type { Geometry, Position } from 'geojson';
import { append } from '../../core/shared/arrays.ts';
import { mapPositions } from '../geometry/positions.ts';
import type { Geos, GeosScope, Handle } from '../geos/geos.ts';
import { boundsOf } from '../layer/layer.ts';

/** The simple parts of a geometry by dimension; collections are opened. */
export interface Parts {
  readonly points: Position[];
  readonly lines: Position[][];
  readonly polygons: Position[][][];
}

export function partsOf(geometry: Geometry, parts: Parts = { points: [], lines: [], polygons: [] }): Parts {
  switch (geometry.type) {
    case 'Point':
      if (geometry.coordinates.length > 0) parts.points.push(geometry.coordinates);
      break;
    case 'MultiPoint':
      for (const point of geometry.coordinates) parts.points.push(point);
      break;
    case 'LineString':
      if (geometry.coordinates.length > 0) parts.lines.push(geometry.coordinates);
      break;
    case 'MultiLineString':
      for (const line of geometry.coordinates) parts.lines.push(line);
      break;
    case 'Polygon':
      if (geometry.coordinates.length > 0) parts.polygons.push(geometry.coordinates);
      break;
    case 'MultiPolygon':
      for (const polygon of geometry.coordinates) parts.polygons.push(polygon);
      break;
    case 'GeometryCollection':
      for (const part of geometry.geometries) partsOf(part, parts);
  }
  return parts;
}

/** One geometry of all parts: single where there is one, multi where there are several of a dimension. */
export function geometryOfParts({ points, lines, polygons }: Parts, empty: Geometry): Geometry {
  const geometries: Geometry[] = [];
  if (points.length === 1) geometries.push({ type: 'Point', coordinates: points[0]! });
  if (points.length > 1) geometries.push({ type: 'MultiPoint', coordinates: points });
  if (lines.length === 1) geometries.push({ type: 'LineString', coordinates: lines[0]! });
  if (lines.length > 1) geometries.push({ type: 'MultiLineString', coordinates: lines });
  if (polygons.length === 1) geometries.push({ type: 'Polygon', coordinates: polygons[0]! });
  if (polygons.length > 1) geometries.push({ type: 'MultiPolygon', coordinates: polygons });
  if (geometries.length === 1) return geometries[0]!;
  return geometries.length === 0 ? empty : { type: 'GeometryCollection', geometries };
}

const world = (turn: number): Geometry => {
  const [west, east] = [-180 + 360 * turn, 180 + 360 * turn];
  const ring = [
    [west, -90],
    [east, -90],
    [east, 90],
    [west, 90],
    [west, -90],
  ];
  return { type: 'Polygon', coordinates: [ring] };
};

/**
 * Cuts a geometry whose longitudes run on beyond 180 or -180 where it crosses the antimeridian, and turns the
 * pieces back into [-180, 180] (RFC 7946 section 3.1.9). What lies within comes back as it is.
 */
export function cutAtAntimeridian(geometry: Geometry, geos: Geos): Geometry {
  const bounds = boundsOf([geometry]);
  if (!bounds || (bounds[0] >= -180 && bounds[2] <= 180)) return geometry;
  const first = Math.floor((bounds[0] + 180) / 360);
  const last = Math.ceil((bounds[2] - 180) / 360);
  return geos.scope((scope) => {
    const { points, lines, polygons } = partsOf(geometry);
    const result: Parts = { points: points.map((point) => turned(point)), lines: [], polygons: [] };
    // Line by line and polygon by polygon: only what crosses is touched.
    for (const line of lines) {
      append(result.lines, pieces(scope, { type: 'LineString', coordinates: line }, first, last).lines);
    }
    for (const polygon of polygons) {
      append(result.polygons, pieces(scope, { type: 'Polygon', coordinates: polygon }, first, last).polygons);
    }
    return geometryOfParts(result, geometry);
  });
}

function turned([longitude = 0, ...rest]: Position): Position {
  const turn = longitude >= -180 && longitude <= 180 ? 0 : Math.round(longitude / 360);
  return [longitude - 360 * turn, ...rest];
}

function pieces(scope: GeosScope, geometry: Geometry, first: number, last: number): Parts {
  const result: Parts = { points: [], lines: [], polygons: [] };
  const [west = 0, , east = 0] = boundsOf([geometry]) ?? [];
  if (west >= -180 && east <= 180) return partsOf(geometry, result);
  let handle: Handle = scope.read(geometry);
  if (!scope.isValid(handle)) handle = scope.makeValid(handle);
  for (let turn = first; turn <= last; turn++) {
    if (east < -180 + 360 * turn || west > 180 + 360 * turn) continue;
    const piece = scope.geometry(scope.intersection(handle, scope.read(world(turn))));
    partsOf(
      mapPositions(piece, ([x = 0, ...rest]) => [x - 360 * turn, ...rest]),
      result,
    );
  }
  return result;
}
