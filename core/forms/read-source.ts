import { layerFormats, rasterInputFormats } from '../shared/formats.ts';
import { parseJson, parseJsonText } from '../shared/json.ts';
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
  if (wellKnownText.test(text)) {
    const lines = text
      .split(/\r?\n(?=\s*[A-Z])/i)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const value = ['WKT', ...lines.map((line) => `"${line.replaceAll('"', '""')}"`)].join('\n');
    return { value, mediaType: MediaType.csv };
  }
  if (/^\s*</.test(text)) return { value: text, mediaType: MediaType.kml };
  if (/^\s*https?:\/\/\S+\s*$/.test(text)) return { href: text.trim() };
  report('is neither GeoJSON nor well-known text nor an address.');
  return undefined;
}

/** Media type of a file by its name, the longest extension first; what the browser says where the name says nothing. */
function fileMediaType(name: string, said = ''): string {
  const lower = name.toLowerCase();
  const known = [...layerFormats, ...rasterInputFormats]
    .filter(({ extension }) => lower.endsWith(extension))
    .toSorted((a, b) => b.extension.length - a.extension.length)[0];
  if (known) return known.mediaType;
  if (/\.tiff$/.test(lower)) return MediaType.geotiff;
  if (/\.json$/.test(lower)) return MediaType.json;
  return said || MediaType.binary;
}

/** A file that came with a form, as a request has it by value. */
export function sourceFromFile({ name, mediaType, bytes }: FormFile, report: Report): unknown {
  const type = fileMediaType(name, mediaType);
  if (isJson(type)) {
    const read = parseJson(bytes, `The file ${name}`);
    if ('value' in read) return read.value;
    report(read.detail);
    return undefined;
  }
  const isText = layerFormats.some((format) => format.mediaType === type && !format.binary);
  if (isText) return { value: new TextDecoder().decode(bytes), mediaType: type };
  return { value: base64(bytes), mediaType: type, encoding: 'base64' };
}

/** A character a byte, which btoa() takes. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
