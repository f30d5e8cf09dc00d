import { layerFormats, rasterInputFormats } from '../shared/formats.ts';
import { isObject, parseJson, parseJsonText } from '../shared/json.ts';
import { isJson } from '../shared/media-type.ts';
import { MediaType } from '../shared/uris.ts';
import type { FormFile } from './form-entries.ts';

type Report = (detail: string) => void;

const wellKnownText =
  /^\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|CURVE|SURFACE)|^\s*GEOMETRYCOLLECTION/i;

/** Text that was pasted for a layer, as a request has it: GeoJSON as it is, well-known text as a table of one column, KML by its name. */
export function sourceFromText(text: string, report: Report): unknown {
  if (/^\s*[{[]/.test(text)) {
    const read = parseJsonText(text, 'The text');
    if ('value' in read) return read.value;
    report(read.detail);
    return undefined;
  }
  if (wellKnownText.test(text)) return tableOfText(text);
  if (/^\s*</.test(text)) return { value: text, mediaType: MediaType.kml };
  if (/^\s*https?:\/\/\S+\s*$/.test(text)) return { href: text.trim() };
  report('is neither GeoJSON nor well-known text nor an address.');
  return undefined;
}

const HEAD = 'WKT\n';

function tableOfText(text: string): { readonly value: string; readonly mediaType: string } {
  const lines = text
    .split(/\r?\n(?=\s*[A-Z])/i)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    value: HEAD + lines.map((line) => `"${line.replaceAll('"', '""')}"`).join('\n'),
    mediaType: MediaType.csv,
  };
}

/** Well-known text that was pasted, as it was; undefined for every other value. */
export function textOfTable(input: unknown): string | undefined {
  if (!isObject(input) || input['mediaType'] !== MediaType.csv) return undefined;
  const { value } = input;
  if (typeof value !== 'string' || !value.startsWith(`${HEAD}"`)) return undefined;
  const text = value
    .slice(HEAD.length)
    .split(/\n(?=")/)
    .map((line) => line.trim().slice(1, -1).replaceAll('""', '"'))
    .join('\n');
  // A table that only looks like it is shown as the table that it is.
  return wellKnownText.test(text) && tableOfText(text).value === value ? text : undefined;
}

/** How files begin that say themselves what they are. */
const signs: readonly (readonly [start: string, mediaType: string])[] = [
  ['fgb\u0003', MediaType.flatgeobuf],
  ['SQLite format 3\0', MediaType.geopackage],
  ['PAR1', MediaType.geoparquet],
  ['II*\0', MediaType.geotiff],
  ['II+\0', MediaType.geotiff],
  ['MM\0*', MediaType.geotiff],
  ['MM\0+', MediaType.geotiff],
];
const ZIP = 'PK\u0003\u0004';
const JSON_START = /^(?:\xef\xbb\xbf)?\s*[{[]/;
const HEAD_BYTES = 1024;

/**
 * Media type of a file: what it begins with decides, and its name where that leaves it open. The service looks for itself at what is
 * not what its name says.
 */
function fileMediaType({ name, mediaType: said = '', bytes }: FormFile): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const sign = signs.find(([start]) => head.startsWith(start));
  if (sign) return sign[1];
  const named = typeByName(name, said);
  const isZipped = [MediaType.shapefile, MediaType.kmz].includes(named as never);
  if (head.startsWith(ZIP)) return isZipped ? named : MediaType.binary;
  const isNamedJson = isJson(named) || named === MediaType.geojsonSequence;
  if (JSON_START.test(head)) return isNamedJson ? named : MediaType.geojson;
  const isBinary = isZipped || isJson(named) || signs.some(([, mediaType]) => mediaType === named);
  return isBinary ? MediaType.binary : named;
}

/** Media type by the name, the longest extension first; what the browser says where the name says nothing. */
function typeByName(name: string, said: string): string {
  const lower = name.toLowerCase();
  const known = [...layerFormats, ...rasterInputFormats]
    .filter(({ extension }) => lower.endsWith(extension))
    .toSorted((a, b) => b.extension.length - a.extension.length)[0];
  if (known) return known.mediaType;
  if (/\.tiff$/.test(lower)) return MediaType.geotiff;
  if (/\.json$/.test(lower)) return MediaType.json;
  if (/\.kmz$/.test(lower)) return MediaType.kmz;
  return said || MediaType.binary;
}

/** A file that came with a form, as a request has it by value. */
export function sourceFromFile(file: FormFile, report: Report): unknown {
  const { name, bytes } = file;
  const type = fileMediaType(file);
  if (isJson(type)) {
    const read = parseJson(bytes, `The file ${name}`);
    if ('value' in read) return read.value;
    report(read.detail);
    return undefined;
  }
  const isText = layerFormats.some((format) => format.mediaType === type && !format.binary);
  if (isText) return { value: new TextDecoder().decode(bytes), mediaType: type };
  const known = type === MediaType.binary ? {} : { mediaType: type };
  return { value: base64(bytes), ...known, encoding: 'base64' };
}

/** A character a byte, which btoa() takes. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
