import type { MediaType } from '../../shared/uris.ts';

/** Well-known text that was pasted, as a request has it: a table of one column. */
export interface PastedWkt {
  readonly value: string;
  readonly mediaType: 'text/csv';
}

const HEAD = 'WKT\n';
const KML = 'application/vnd.google-earth.kml+xml' satisfies (typeof MediaType)['kml'];

/** Whether a text begins as a geometry in well-known text does, with or without the code of its CRS. */
export const isWkt = (text: string): boolean =>
  /^\s*(SRID=\d+;\s*)?((MULTI)?(POINT|LINESTRING|POLYGON|CURVE|SURFACE)|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|GEOMETRYCOLLECTION|TRIANGLE|TIN|POLYHEDRALSURFACE)\b/i.test(
    text,
  );

/**
 * Text that was pasted for a layer and is no JSON, as a request has it: well-known text as a table of one column, KML by its name, an
 * address as a reference. Undefined for all else.
 */
export function sourceOfPlainText(text: string): unknown {
  if (isWkt(text)) return pasteWkt(text);
  if (/^\s*</.test(text)) return { value: text, mediaType: KML };
  return /^\s*https?:\/\/\S+\s*$/.test(text) ? { href: text.trim() } : undefined;
}

/** The table of pasted lines; a line that goes on with no letter belongs to the one before. */
export function pasteWkt(text: string): PastedWkt {
  const lines = text
    .split(/\r?\n(?=\s*[A-Z])/i)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const value = HEAD + lines.map((line) => `"${line.replaceAll('"', '""')}"`).join('\n');
  return { value, mediaType: 'text/csv' };
}

/** The geometries of such a table as WKT; undefined for every other value. */
export function pastedGeometries(input: unknown): readonly string[] | undefined {
  const { value, mediaType } = (input ?? {}) as Readonly<Record<string, unknown>>;
  if (mediaType !== 'text/csv' || typeof value !== 'string' || !value.startsWith(`${HEAD}"`))
    return undefined;
  return value
    .slice(HEAD.length)
    .split(/\n(?=")/)
    .map((line) => line.trim().slice(1, -1).replaceAll('""', '"'));
}
