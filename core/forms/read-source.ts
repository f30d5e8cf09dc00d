import { layerFormats } from '../shared/formats.ts';
import { isObject, parseJson, parseJsonText } from '../shared/json.ts';
import { isJson } from '../shared/media-type.ts';
import { MediaType } from '../shared/uris.ts';
import { HEAD_BYTES, typeOfBytes } from './both-sides/file-type.ts';
import { isWkt, pastedGeometries, pasteWkt, sourceOfPlainText } from './both-sides/pasted-wkt.ts';
import type { FormFile } from './form-entries.ts';

type Report = (detail: string) => void;

/** Text that was pasted for a layer, as a request has it: GeoJSON as it is, well-known text as a table of one column, KML by its name. */
export function sourceFromText(text: string, report: Report): unknown {
  if (/^\s*[{[]/.test(text)) {
    const read = parseJsonText(text, 'The text');
    if ('value' in read) return read.value;
    report(read.detail);
    return undefined;
  }
  const source = sourceOfPlainText(text);
  if (source === undefined) report('is neither GeoJSON nor well-known text nor a URL.');
  return source;
}

/** Well-known text that was pasted, as it was; undefined for every other value. */
export function textOfTable(input: unknown): string | undefined {
  if (!isObject(input)) return undefined;
  const text = pastedGeometries(input)?.join('\n');
  if (text === undefined || !isWkt(text)) return undefined;
  // A table that only looks like it is shown as the table that it is.
  return pasteWkt(text).value === input['value'] ? text : undefined;
}

/** A file that came with a form, as a request has it by value. */
export function sourceFromFile({ name, bytes }: FormFile, report: Report): unknown {
  const type = typeOfBytes(name, bytes.subarray(0, HEAD_BYTES));
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
