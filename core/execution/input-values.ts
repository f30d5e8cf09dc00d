import { collectionFaults } from '../features/collection-input.ts';
import { type Alternative, listAlternatives, selectAlternatives } from '../processes/alternatives.ts';
import type { Input, ProcessDeclaration } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import { FAULTS_TOLD, type Fault, MissingInput } from '../shared/errors.ts';
import { isReadByGdal } from '../shared/gdal-formats.ts';
import { isOtherJson } from '../shared/geojson-types.ts';
import { isObject, pointerSegment } from '../shared/json.ts';
import { parseEssence } from '../shared/media-type.ts';
import { listed, quote } from '../shared/quote.ts';
import { didYouMean } from '../shared/similar.ts';
import { MediaType } from '../shared/uris.ts';
import { encodingFault } from './encodings.ts';
import { findSchemaFaults } from './validation.ts';

/** One occurrence of an input, its wrapping taken off. */
export type InputValue =
  | {
      readonly kind: 'literal';
      readonly pointer: string;
      readonly value: unknown;
      readonly mediaType?: string;
      /** How a string stands for bytes, where the client says so: `base64`; `utf-8` is the text itself. */
      readonly encoding?: unknown;
      /** JSON pointer of the encoding. */
      readonly encodingPointer?: string;
    }
  | {
      readonly kind: 'reference';
      readonly pointer: string;
      readonly href: string;
      readonly mediaType?: string;
      readonly layer?: string;
    }
  | {
      readonly kind: 'collection';
      readonly pointer: string;
      readonly members: Readonly<Record<string, unknown>>;
    };

/** Some clients write null for what they leave out. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Takes the wrapping off one occurrence: `{value, mediaType}` (also with the nested `format` that some clients
 * send) is a qualified value, `{href}` a reference, everything else stands for itself.
 */
export function interpret(raw: unknown, pointer: string): InputValue {
  if (!isObject(raw)) return { kind: 'literal', pointer, value: raw };
  if ('value' in raw) {
    const format = isObject(raw['format']) ? raw['format'] : {};
    const mediaType = asString(raw['mediaType']) ?? asString(format['mediaType']);
    const isBeside = isGiven(raw['encoding']);
    const encoding = isBeside ? raw['encoding'] : format['encoding'];
    return {
      kind: 'literal',
      pointer: `${pointer}/value`,
      value: raw['value'],
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(isGiven(encoding) && {
        encoding,
        encodingPointer: `${pointer}${isBeside ? '' : '/format'}/encoding`,
      }),
    };
  }
  if (typeof raw['href'] === 'string') {
    const mediaType = asString(raw['type']) ?? asString(raw['mediaType']);
    const layer = asString(raw['layer']);
    return {
      kind: 'reference',
      pointer,
      href: raw['href'],
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(layer === undefined ? {} : { layer }),
    };
  }
  if (typeof raw['collection'] === 'string') return { kind: 'collection', pointer, members: raw };
  return { kind: 'literal', pointer, value: raw };
}

/** The occurrences of an input: the outer array where it may occur more than once, else the value itself. */
export function readOccurrences(input: Input, raw: unknown, pointer: string): InputValue[] {
  if (input.maxOccurs === 1) return [interpret(raw, pointer)];
  return (raw as unknown[]).map((item, index) => interpret(item, `${pointer}/${index}`));
}

/**
 * Everything that is wrong with the inputs of an execute request
 * (/req/core/process-execute-input-validation and the cardinality table of 2.0).
 */
export function inputFaults(process: ProcessDeclaration, inputs: Readonly<Record<string, unknown>>): Fault[] {
  const known = Object.keys(process.inputs);
  const unknown = Object.keys(inputs)
    .filter((id) => !Object.hasOwn(process.inputs, id))
    .map((id, index) => ({
      pointer: `/inputs/${pointerSegment(id)}`,
      // Nobody is told of more, and looking for what was meant takes its time.
      detail:
        index < FAULTS_TOLD
          ? `The process has no such input.${didYouMean(id, known)} It has: ${listed(known)}.`
          : '',
    }));
  const wrong = Object.entries(process.inputs).flatMap(([id, input]) =>
    findInputFaults(id, input, inputs[id]),
  );
  return [...wrong, ...unknown];
}

function findInputFaults(id: string, input: Input, raw: unknown): Fault[] {
  const pointer = `/inputs/${pointerSegment(id)}`;
  // Some clients write null for what they leave out.
  if (raw === undefined || raw === null) {
    return input.minOccurs === 0
      ? []
      : [new MissingInput(pointer, `The input "${input.title}" is required.`)];
  }
  const cardinality = cardinalityFault(input, raw);
  if (cardinality) return [{ pointer, detail: cardinality }];
  return readOccurrences(input, raw, pointer).flatMap((value) => findValueFaults(input, value));
}

function cardinalityFault({ minOccurs, maxOccurs }: Input, raw: unknown): string | undefined {
  if (maxOccurs === 1) return undefined;
  const range =
    maxOccurs === 'unbounded' ? `${minOccurs} or more values` : `${minOccurs} to ${maxOccurs} values`;
  if (!Array.isArray(raw)) return `must be an array of ${range}, even for one value.`;
  const tooMany = maxOccurs !== 'unbounded' && raw.length > maxOccurs;
  return raw.length < minOccurs || tooMany ? `must have ${range}, but has ${raw.length}.` : undefined;
}

function findValueFaults(input: Input, value: InputValue): Fault[] {
  if (value.kind === 'reference') return referenceFaults(input, value);
  if (value.kind === 'collection') return findCollectionFaults(input, value);
  if (input.valuePassing?.includes('byValue') === false) {
    return [{ pointer: value.pointer, detail: 'must be given by reference: {"href": "https://..."}.' }];
  }
  const ofEncoding = encodingFaults(input, value);
  if (ofEncoding.length > 0) return ofEncoding;
  if (isReadOtherwise(input, value)) return [];
  return literalFaults(input.schema, value.value, value.pointer, value.mediaType);
}

/** Faults of what a value says of its encoding, which the alternatives decide that it may be. */
function encodingFaults({ schema }: Input, literal: InputValue & { kind: 'literal' }): Fault[] {
  const { encoding, encodingPointer: pointer = '', mediaType } = literal;
  if (encoding === undefined) return [];
  const all = listAlternatives(schema);
  const selected = mediaType === undefined ? all : selectAlternatives(all, mediaType);
  const isBytes = selected.length > 0 && selected.every((alternative) => alternative.encoding === 'base64');
  const detail = encodingFault(encoding, isBytes);
  return detail === undefined ? [] : [{ pointer, detail }];
}

/** What no schema describes and readers look into: files in formats that are read by way of GDAL, as text or base64, and JSON that is no GeoJSON. */
function isReadOtherwise({ source }: Input, { value, mediaType }: InputValue & { kind: 'literal' }): boolean {
  if (source === undefined) return false;
  const isDeclared =
    mediaType !== undefined &&
    (isReadByGdal(source, mediaType) || (source === 'layer' && parseEssence(mediaType) === MediaType.kmz));
  if (typeof value === 'string') return isDeclared;
  const isJsonType = mediaType === undefined || isDeclared || parseEssence(mediaType) === MediaType.json;
  return source === 'layer' && isJsonType && isObject(value) && isOtherJson(value);
}

/** Only layers may be collections: nothing else is made of features (/req/ogc-process-description/data-access-apis). */
function findCollectionFaults(
  input: Input,
  { members, pointer }: InputValue & { kind: 'collection' },
): Fault[] {
  if (input.source === 'layer') return collectionFaults(members, pointer);
  return [
    {
      pointer: `${pointer}/collection`,
      detail: 'The input is not a layer of features, so it cannot be a collection.',
    },
  ];
}

function referenceFaults(
  { valuePassing }: Input,
  { href, pointer }: InputValue & { kind: 'reference' },
): Fault[] {
  if (valuePassing?.includes('byReference') === false) {
    return [{ pointer, detail: 'must be given by value; references are not accepted.' }];
  }
  if (URL.canParse(href) && /^https?:$/.test(new URL(href).protocol)) return [];
  return [{ pointer: `${pointer}/href`, detail: addressFault(href) }];
}

/** What is wrong with an address that is none of the web, and the way that leads to the same data. */
function addressFault(href: string): string {
  if (/^(file:|[a-z]:[\\/])/i.test(href) || !/^[a-z][a-z0-9+.-]*:/i.test(href)) {
    return `${quote(href)} is a path on your own machine, which the service cannot read. POST /uploads returns a URL to upload the file to, and the href to use here.`;
  }
  const isStored = /^(s3|gs|az|abfss?):/i.test(href);
  const hint = isStored ? ' A presigned https URL of the object works.' : '';
  return `must be an absolute http or https URL, but is ${quote(href)}.${hint}`;
}

/** Faults of a bare value, checked against the alternatives that its media type selects, or against all. */
export function literalFaults(
  schema: JsonSchema,
  value: unknown,
  pointer: string,
  mediaType?: string,
): Fault[] {
  if (mediaType === undefined) return findSchemaFaults(schema, value, pointer);
  const alternatives = listAlternatives(schema);
  const selected = selectAlternatives(alternatives, mediaType);
  if (selected.length === 0) {
    const offered = [...new Set(alternatives.map((alternative) => alternative.mediaType))];
    const hint = didYouMean(mediaType, offered);
    const detail = `The media type ${quote(mediaType)} is not among those of the input: ${offered.join(', ')}.${hint}`;
    return [{ pointer, detail }];
  }
  return findSchemaFaults(narrowed(schema, alternatives, selected), value, pointer);
}

/** Schemas of some of the alternatives of a schema: they are compiled once, and the validator knows them by identity. */
const narrowedSchemas = new WeakMap<JsonSchema, Map<string, JsonSchema>>();

function narrowed(
  schema: JsonSchema,
  all: readonly Alternative[],
  [only, ...others]: readonly Alternative[],
): JsonSchema {
  if (only === undefined || 1 + others.length === all.length) return schema;
  if (others.length === 0) return only.schema;
  const forms = [only, ...others].map((alternative) => alternative.schema);
  const key = [only, ...others].map((alternative) => all.indexOf(alternative)).join();
  const known = narrowedSchemas.get(schema) ?? new Map<string, JsonSchema>();
  narrowedSchemas.set(schema, known);
  const found = known.get(key) ?? { oneOf: forms };
  known.set(key, found);
  return found;
}
