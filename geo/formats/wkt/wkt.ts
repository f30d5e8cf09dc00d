import type { Geometry, Position } from 'geojson';
import { joinLines, linearizeArcs, type TellCurve } from '../../geometry/arcs.ts';
import { depths } from '../../geometry/positions.ts';
import { hasZ } from '../wkb/wkb.ts';

/**
 * Well-known text of geometries (OGC 06-103r4) to and from GeoJSON. Written here because the packages at hand take
 * a time that grows with the square of the length, or lose heights and empty geometries.
 */
const names = new Map<string, keyof typeof depths | 'GeometryCollection'>([
  ...[...Object.keys(depths), 'GeometryCollection'].map(
    (name) => [name.toUpperCase(), name as keyof typeof depths | 'GeometryCollection'] as const,
  ),
  // Surfaces of polygons or triangles.
  ['TIN', 'MultiPolygon'],
  ['POLYHEDRALSURFACE', 'MultiPolygon'],
  ['TRIANGLE', 'Polygon'],
]);
/** Curves and what consists of them, with the types of GeoJSON that they are linearized to. */
const curves = new Map<string, 'LineString' | 'Polygon' | 'MultiLineString' | 'MultiPolygon'>([
  ['CIRCULARSTRING', 'LineString'],
  ['COMPOUNDCURVE', 'LineString'],
  ['CURVEPOLYGON', 'Polygon'],
  ['MULTICURVE', 'MultiLineString'],
  ['MULTISURFACE', 'MultiPolygon'],
]);

/** Text with all digits. Positions without a height get 0 where others of the geometry have one. */
export const wktFromGeometry = (geometry: Geometry): string => write(geometry, hasZ(geometry));

function write(geometry: Geometry, z: boolean): string {
  const head = `${geometry.type.toUpperCase()}${z ? ' Z' : ''} `;
  if (geometry.type === 'GeometryCollection') {
    return head + listed(geometry.geometries, (part) => write(part, z));
  }
  const position = (value: Position) =>
    z ? `${value[0]} ${value[1]} ${value[2] ?? 0}` : `${value[0]} ${value[1]}`;
  const deep = (value: readonly unknown[], depth: number): string =>
    depth === 0
      ? value.length === 0
        ? 'EMPTY'
        : position(value as Position)
      : listed(value as readonly unknown[][], (item) => deep(item, depth - 1));
  const { type, coordinates } = geometry;
  if (type === 'Point') return head + (coordinates.length === 0 ? 'EMPTY' : `(${position(coordinates)})`);
  if (type === 'MultiPoint') return head + listed(coordinates, (value) => `(${position(value)})`);
  return head + deep(coordinates, depths[type]);
}

const listed = <T>(items: readonly T[], text: (item: T) => string): string =>
  items.length === 0 ? 'EMPTY' : `(${items.map(text).join(', ')})`;

/** What is wrong with a text that was said to be WKT. */
export class WktError extends Error {}

/** Collections inside collections are followed this deep; texts come from strangers. */
const MAXIMUM_NESTING = 32;

const NUMBER = /\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
const WORD = /\s*([a-z]+)/iy;
const SPACE = /\s*/y;

export interface WktContent {
  readonly geometry: Geometry;
  /** The number after `SRID=` in the dialect of PostGIS. */
  readonly srid: number | undefined;
}

/**
 * Reads WKT, also with `SRID=n;` before it. Measures (M) are dropped, empty points become `coordinates: []`, curves are linearized.
 *
 * @param tellCurve called where there are curves, and before an arc becomes vertices with their number
 * @throws WktError saying where the text is not WKT, or naming a type that is not known; CurveError for a curve that is none
 */
export function geometryFromWkt(text: string, tellCurve?: TellCurve): WktContent {
  let offset = 0;

  const fail = (expected: string): never => {
    const rest = text.slice(offset, offset + 20).trim();
    throw new WktError(`expected ${expected} at character ${offset + 1}, but found ${JSON.stringify(rest)}.`);
  };
  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    if (found) offset = pattern.lastIndex;
    return found?.[1];
  }
  function take(character: string): boolean {
    match(SPACE);
    if (text[offset] !== character) return false;
    offset++;
    return true;
  }
  const expect = (character: string) => take(character) || fail(`"${character}"`);
  function word(expected: string): string | undefined {
    const start = offset;
    const found = match(WORD)?.toUpperCase();
    if (found === expected || expected === '') return found;
    offset = start;
    return undefined;
  }
  /** Whether a list follows, or the word for an empty one. */
  function startsList(): boolean {
    const start = offset;
    const found = take('(') || word('EMPTY') !== undefined;
    offset = start;
    return found;
  }
  function list<T>(item: () => T): T[] {
    if (word('EMPTY')) return [];
    expect('(');
    const items = [item()];
    while (take(',')) items.push(item());
    expect(')');
    return items;
  }

  function position(height: boolean | undefined): Position {
    const values: number[] = [];
    for (let value = match(NUMBER); value !== undefined; value = match(NUMBER)) values.push(Number(value));
    if (values.length < 2 || values.length > 4) fail('a position of two to four numbers');
    // Without a Z or M after the name, a third number is a height.
    return values.length > 2 && (height ?? true) ? values.slice(0, 3) : values.slice(0, 2);
  }

  function geometry(nesting: number): Geometry {
    if (nesting > MAXIMUM_NESTING) throw new WktError(`it is nested more than ${MAXIMUM_NESTING} deep.`);
    const full = word('') ?? fail('the type of a geometry');
    const [, name = '', attached = ''] = /^(.*?)(ZM|Z|M)?$/.exec(full) ?? [];
    const type = names.get(name) ?? curves.get(name);
    if (curves.has(name)) tellCurve?.(0);
    if (!type) throw new WktError(`the geometry type ${full} is not supported.`);
    const dimension = attached || word('ZM') || word('Z') || word('M') || undefined;
    const height = dimension === undefined ? undefined : dimension.startsWith('Z');
    const point = () => position(height);
    const wrappedPoint = () => {
      const wrapped = take('(');
      const place = point();
      if (wrapped) expect(')');
      return place;
    };
    const line = () => list(point);
    const lines = () => list(line);
    // A part without a name is a line, or a polygon.
    const linear = (): Position[] => (startsList() ? line() : partOf('LineString'));
    const area = (): Position[][] => (startsList() ? lines() : partOf('Polygon'));
    const partOf = (wanted: string): never => {
      const part = geometry(nesting + 1);
      if (part.type !== wanted) fail(`a part that is a ${wanted}`);
      return (part as { readonly coordinates: unknown }).coordinates as never;
    };
    switch (type) {
      case 'Point':
        return { type, coordinates: list(point)[0] ?? [] };
      case 'LineString':
        if (name === 'CIRCULARSTRING') return { type, coordinates: linearizeArcs(line(), tellCurve) };
        return { type, coordinates: name === 'COMPOUNDCURVE' ? joinLines(list(linear)) : line() };
      case 'MultiPoint':
        // Both ((1 2), (3 4)) and (1 2, 3 4) are in use.
        return { type, coordinates: list(wrappedPoint) };
      case 'MultiLineString':
      case 'Polygon':
        return { type, coordinates: list(linear) };
      case 'MultiPolygon':
        return { type, coordinates: list(area) };
      case 'GeometryCollection':
        return { type, geometries: list(() => geometry(nesting + 1)) };
    }
  }

  const srid = match(/\s*SRID\s*=\s*(\d{1,9})\s*;/iy);
  const found = geometry(0);
  match(SPACE);
  if (offset < text.length) fail('the end');
  return { geometry: found, srid: srid === undefined ? undefined : Number(srid) };
}
