import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../geometry/bounds.ts';
import { mapPositions } from '../geometry/positions.ts';
import type { Geos, GeosScope, Handle } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';

/** The simple parts of a geometry by dimension; collections are opened. */
export interface Parts {
  readonly points: Position[];
  readonly lines: Position[][];
  readonly polygons: Position[][][];
}

/** Adds the parts of a geometry to those there are. Empty parts are left out; positions are not copied. */
export function collectParts(
  geometry: Geometry,
  parts: Parts = { points: [], lines: [], polygons: [] },
): Parts {
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
      for (const part of geometry.geometries) collectParts(part, parts);
  }
  return parts;
}

/** One geometry of all parts: single where there is one, multi where there are several of a dimension. */
export function geometryFromParts({ points, lines, polygons }: Parts, empty: Geometry): Geometry {
  const geometries: Geometry[] = [];
  const [[point], [line], [polygon]] = [points, lines, polygons];
  if (point && points.length === 1) geometries.push({ type: 'Point', coordinates: point });
  if (points.length > 1) geometries.push({ type: 'MultiPoint', coordinates: points });
  if (line && lines.length === 1) geometries.push({ type: 'LineString', coordinates: line });
  if (lines.length > 1) geometries.push({ type: 'MultiLineString', coordinates: lines });
  if (polygon && polygons.length === 1) geometries.push({ type: 'Polygon', coordinates: polygon });
  if (polygons.length > 1) geometries.push({ type: 'MultiPolygon', coordinates: polygons });
  const [first = empty] = geometries;
  return geometries.length > 1 ? { type: 'GeometryCollection', geometries } : first;
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
export function cutAtAntimeridian(given: Geometry, geos: Geos): Geometry {
  if (isWithinTurn(computeBounds([given]))) return given;
  const geometry = mapPositions(given, settledAtAntimeridian);
  const bounds = computeBounds([geometry]);
  if (!bounds || isWithinTurn(bounds)) return geometry;
  const first = Math.floor((bounds[0] + 180) / 360);
  const last = Math.ceil((bounds[2] - 180) / 360);
  return geos.scope((scope) => {
    const { points, lines, polygons } = collectParts(geometry);
    const result: Parts = { points: points.map((point) => turned(point)), lines: [], polygons: [] };
    // Line by line and polygon by polygon: only what crosses is touched.
    for (const line of lines) for (const piece of piecesOfLine(line)) result.lines.push(piece);
    for (const polygon of polygons) {
      for (const piece of piecesOfPolygon(scope, polygon, first, last)) result.polygons.push(piece);
    }
    return asMany(geometryFromParts(result, geometry), geometry);
  });
}

const isWithinTurn = (bounds: Bounds | undefined): boolean =>
  !bounds || (bounds[0] >= -180 && bounds[2] <= 180);

/** Degrees within which a longitude is that of the antimeridian: a millimetre on the equator, so that no slivers are cut off. */
const AT_ANTIMERIDIAN = 1e-8;

function settledAtAntimeridian(position: Position): Position {
  const [longitude = 0, ...rest] = position;
  const nearest = 360 * Math.round((longitude - 180) / 360) + 180;
  return longitude !== nearest && Math.abs(longitude - nearest) < AT_ANTIMERIDIAN
    ? [nearest, ...rest]
    : position;
}

/** What was of many parts stays so, even where one is left. */
export function asMany(geometry: Geometry, original: Geometry): Geometry {
  if (original.type !== `Multi${geometry.type}`) return geometry;
  const { coordinates } = geometry as Exclude<Geometry, { type: 'GeometryCollection' }>;
  return { type: original.type, coordinates: [coordinates] } as Geometry;
}

function turned([longitude = 0, ...rest]: Position): Position {
  const turn = longitude >= -180 && longitude <= 180 ? 0 : Math.round(longitude / 360);
  return [longitude - 360 * turn, ...rest];
}

/** The number of the turn that holds all of some longitudes; 0 is [-180, 180]. Undefined where none does. */
function turnAround(west: number, east: number): number | undefined {
  if (west >= -180 && east <= 180) return 0;
  const turn = Math.floor((west + 180) / 360);
  return east <= 180 + 360 * turn ? turn : undefined;
}

const turnedBy = (turn: number, line: readonly Position[]): Position[] =>
  line.map(([x = 0, ...rest]) => [x - 360 * turn, ...rest]);

/** The parts of a line between antimeridians. Overlay would cut it where it crosses itself as well. */
function piecesOfLine(line: readonly Position[]): Position[][] {
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  let turn = 0;
  for (const [index, position] of line.entries()) {
    const previous = line[index - 1];
    if (previous) {
      for (const [turnOfPart, from, to] of partsOfEdge(previous, position)) {
        if (turnOfPart !== turn || piece.length === 0) {
          if (piece.length > 1) pieces.push(turnedBy(turn, piece));
          piece = [from];
          turn = turnOfPart;
        }
        piece.push(to);
      }
    }
  }
  if (piece.length > 1) pieces.push(turnedBy(turn, piece));
  return pieces;
}

/** An edge in parts, each with its turn. */
function* partsOfEdge(from: Position, to: Position): Generator<readonly [number, Position, Position]> {
  const [[fromX = 0], [toX = 0]] = [from, to];
  const [west, east] = fromX <= toX ? [fromX, toX] : [toX, fromX];
  const whole = turnAround(west, east);
  if (whole !== undefined) {
    yield [whole, from, to];
    return;
  }
  const borders: number[] = [];
  for (let border = Math.ceil((west - 180) / 360) * 360 + 180; border < east; border += 360)
    if (border > west) borders.push(border);
  if (fromX > toX) borders.reverse();
  let start = from;
  for (const end of [...borders.map((border) => positionAt(from, to, border)), to]) {
    const [[startX = 0], [endX = 0]] = [start, end];
    yield [Math.floor(((startX + endX) / 2 + 180) / 360), start, end];
    start = end;
  }
}

/** The position of an edge at a longitude. */
function positionAt(from: Position, to: Position, longitude: number): Position {
  const [[fromX = 0], [toX = 0, ...ends]] = [from, to];
  const share = (longitude - fromX) / (toX - fromX);
  const others = from.slice(1, Math.min(from.length, to.length));
  return [longitude, ...others.map((value, index) => value + share * ((ends[index] ?? value) - value))];
}

function piecesOfPolygon(
  scope: GeosScope,
  polygon: readonly Position[][],
  first: number,
  last: number,
): Position[][][] {
  const geometry: Geometry = { type: 'Polygon', coordinates: [...polygon] };
  const [west = 0, , east = 0] = computeBounds([geometry]) ?? [];
  const whole = turnAround(west, east);
  if (whole !== undefined) return [whole === 0 ? [...polygon] : polygon.map((ring) => turnedBy(whole, ring))];
  let handle: Handle = scope.read(geometry);
  if (!scope.isValid(handle)) handle = scope.makeValid(handle);
  const result: Position[][][] = [];
  for (let turn = first; turn <= last; turn++) {
    if (east <= -180 + 360 * turn || west >= 180 + 360 * turn) continue;
    const piece = scope.geometry(scope.intersection(handle, scope.read(world(turn))));
    for (const rings of collectParts(piece).polygons) result.push(rings.map((ring) => turnedBy(turn, ring)));
  }
  return result;
}
