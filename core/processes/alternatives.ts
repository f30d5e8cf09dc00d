import { isJson, parseEssence } from '../shared/media-type.ts';
import { MediaType } from '../shared/uris.ts';
import type { JsonSchema } from './schema.ts';

/** One form that a value may take, with the media type that names it. */
export interface Alternative {
  readonly schema: JsonSchema;
  /** Media type of its bare (raw) representation. */
  readonly mediaType: string;
  /** `base64`: a string in JSON that stands for bytes; `text`: a string that is not JSON; `json`: any JSON value. */
  readonly encoding: 'base64' | 'text' | 'json';
}

/** The alternatives that a schema declares, the default first (/req/ogc-process-description/input-multiple-types). */
export function listAlternatives(schema: JsonSchema): readonly [Alternative, ...Alternative[]] {
  const [first = schema, ...others] = schema.oneOf ?? schema.anyOf ?? [];
  return [alternativeFrom(first), ...others.map(alternativeFrom)];
}

const alternativeFrom = (schema: JsonSchema): Alternative => ({
  schema,
  mediaType: mediaTypeFromSchema(schema),
  encoding: encodingFromSchema(schema),
});

/** True for strings that stand for bytes; `binary` is how version 1.0's examples write it. */
const isBinary = ({ contentEncoding, format }: JsonSchema): boolean =>
  contentEncoding === 'base64' || contentEncoding === 'binary' || format === 'byte' || format === 'binary';

function encodingFromSchema(schema: JsonSchema): Alternative['encoding'] {
  if (isBinary(schema)) return 'base64';
  return schema.type === 'string' && schema.contentMediaType ? 'text' : 'json';
}

/** Format short codes of the standard that name GeoJSON. */
export const isGeojson = (schema: JsonSchema): boolean =>
  schema.format?.startsWith('geojson-') || (schema.allOf ?? []).some(isGeojson) || false;

function mediaTypeFromSchema(schema: JsonSchema): string {
  if (schema.contentMediaType) return schema.contentMediaType;
  if (isBinary(schema)) return MediaType.binary;
  return isGeojson(schema) ? MediaType.geojson : MediaType.json;
}

/**
 * The alternatives that a media type selects: exact matches, else those of the same type and subtype (a client
 * may leave out parameters such as `application=geotiff`), else, for JSON in general, all JSON ones.
 */
export function selectAlternatives(alternatives: readonly Alternative[], mediaType: string): Alternative[] {
  const normal = (text: string) =>
    text
      .toLowerCase()
      .replace(/\s*([;=])\s*/g, '$1')
      .trim();
  const exact = alternatives.filter((alternative) => normal(alternative.mediaType) === normal(mediaType));
  if (exact.length > 0) return exact;
  const essence = parseEssence(mediaType);
  const alike = alternatives.filter((alternative) => parseEssence(alternative.mediaType) === essence);
  if (alike.length > 0) return alike;
  if (essence === MediaType.json) return alternatives.filter(({ encoding }) => encoding === 'json');
  if (essence === MediaType.text) {
    return alternatives.filter(({ encoding, schema }) => encoding === 'json' && isScalar(schema));
  }
  return [];
}

/** Whether a schema is that of a single text, number or boolean. */
export const isScalar = ({ type }: JsonSchema): boolean =>
  type === 'string' || type === 'number' || type === 'integer' || type === 'boolean';

/** Media types in which an output can be had, the default first. */
export function listMediaTypes(schema: JsonSchema): readonly [string, ...string[]] {
  const alternatives = listAlternatives(schema);
  const types = alternatives.flatMap(({ mediaType, encoding, schema: form }) => [
    mediaType,
    ...(encoding === 'json' && isJson(mediaType) ? [MediaType.json] : []),
    ...(encoding === 'json' && isScalar(form) ? [MediaType.text] : []),
  ]);
  const [first = alternatives[0].mediaType, ...others] = new Set(types);
  return [first, ...others];
}
