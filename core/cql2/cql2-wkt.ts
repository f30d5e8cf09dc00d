import type { Geometry, Position } from 'geojson';

/** What the reader of geometries asks of the parser around it. */
export interface WktTokens {
  take(sign: '(' | ')' | ','): boolean;
  number(): number;
  word(): string;
  isNumber(): boolean;
  nested<T>(read: () => T): T;
  fail(expected: string): never;
}

/** Arrays around a position, by the word of CQL2 text. */
const depths = {
  POINT: ['Point', 0],
  LINESTRING: ['LineString', 1],
  POLYGON: ['Polygon', 2],
  MULTIPOINT: ['MultiPoint', 1],
  MULTILINESTRING: ['MultiLineString', 2],
  MULTIPOLYGON: ['MultiPolygon', 3],
} as const;
const others = new Set(['GEOMETRYCOLLECTION', 'BBOX', 'ENVELOPE']);

/** Whether a word, in capitals, begins a geometry in well-known text. */
export const isGeometryWord = (word: string): boolean => Object.hasOwn(depths, word) || others.has(word);

/** Reads what follows the word of a geometry literal: well-known text, or the numbers of a bounding box. */
export function readGeometry(
  word: string,
  tokens: WktTokens,
): Geometry | { readonly bbox: readonly number[] } {
  if (word === 'BBOX' || word === 'ENVELOPE') return { bbox: listed(tokens, () => tokens.number()) };
  if (word === 'GEOMETRYCOLLECTION') {
    const geometries = listed(tokens, () => {
      const part = tokens.word();
      if (!isGeometryWord(part) || part === 'BBOX' || part === 'ENVELOPE')
        tokens.fail('a geometry, such as POINT');
      return tokens.nested(() => readGeometry(part, tokens)) as Geometry;
    });
    return { type: 'GeometryCollection', geometries };
  }
  const [type, depth] = depths[word as keyof typeof depths];
  const coordinates =
    type === 'Point'
      ? inParentheses(tokens, () => position(tokens))
      : nestedPositions(tokens, depth, type === 'MultiPoint');
  return { type, coordinates } as Geometry;
}

function nestedPositions(tokens: WktTokens, depth: number, isMultiPoint: boolean): unknown[] {
  if (depth > 1) return listed(tokens, () => nestedPositions(tokens, depth - 1, false));
  // Points of a multipoint may have parentheses of their own.
  return listed(tokens, () =>
    isMultiPoint && !tokens.isNumber() ? inParentheses(tokens, () => position(tokens)) : position(tokens),
  );
}

function position(tokens: WktTokens): Position {
  const numbers = [tokens.number(), tokens.number()];
  if (tokens.isNumber()) numbers.push(tokens.number());
  return numbers;
}

function inParentheses<T>(tokens: WktTokens, read: () => T): T {
  if (!tokens.take('(')) tokens.fail('"("');
  const value = read();
  if (!tokens.take(')')) tokens.fail('")"');
  return value;
}

const listed = <T>(tokens: WktTokens, read: () => T): T[] =>
  inParentheses(tokens, () => {
    const items = [read()];
    while (tokens.take(',')) items.push(read());
    return items;
  });
