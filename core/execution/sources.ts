import { listAlternatives, selectAlternatives } from '../processes/alternatives.ts';
import type { Input, ProcessDeclaration } from '../processes/declaration.ts';
import type { Limits, Source } from '../run/context.ts';
import { ClassLimitExceeded, InvalidInput, InvalidRequest } from '../shared/errors.ts';
import { parseJson } from '../shared/json.ts';
import { isJson, parseEssence } from '../shared/media-type.ts';
import { type InputValue, literalFaults, readOccurrences } from './input-values.ts';

/** How what is not inline is opened; the egress guard stands behind it. */
export type Open = (
  reference: InputValue & { kind: 'reference' | 'collection' },
  limits: Limits,
) => Promise<Source>;

/**
 * What `run` receives: defaults filled in, wrappings taken off, references fetched and validated as inline
 * values are (/req/core/process-execute-input-validation B); layers and rasters stay unread sources.
 */
export async function resolveInputs(
  process: ProcessDeclaration,
  inputs: Readonly<Record<string, unknown>>,
  open: Open,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(process.inputs).map(async ([id, input]) => {
    const raw = inputs[id];
    if (raw === undefined || raw === null) return [id, structuredClone(input.schema.default)] as const;
    const values = await Promise.all(
      readOccurrences(input, raw, `/inputs/${id}`).map((value) =>
        resolve(input, value, process.limits, open),
      ),
    );
    return [id, input.maxOccurs === 1 ? values[0] : values] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function resolve(input: Input, value: InputValue, limits: Limits, open: Open): Promise<unknown> {
  if (value.kind === 'literal') return input.source ? inlineSource(input, value) : value.value;
  const source = await open(value, limits);
  return input.source ? source : readReference(input, source);
}

type Literal = InputValue & { kind: 'literal' };

/** An inline layer or raster: GeoJSON as the parsed value, other files as base64 strings or as their text. */
export function inlineSource(input: Input, literal: Literal): Source {
  const { value, pointer, mediaType } = literal;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const binary = typeof value === 'string' && isBase64(input, literal, value);
  const bytes = () => (binary ? new Uint8Array(Buffer.from(text, 'base64')) : new TextEncoder().encode(text));
  return {
    ...memorySource(pointer, bytes),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(typeof value === 'string' ? {} : { value }),
  };
}

/** As the client says, else as its media type is declared, else by the characters of the string. */
function isBase64(input: Input, { mediaType, encoding }: Literal, text: string): boolean {
  if (encoding !== undefined) return String(encoding).toLowerCase() === 'base64';
  const alternatives = listAlternatives(input.schema);
  const [selected] = mediaType === undefined ? [] : selectAlternatives(alternatives, mediaType);
  if (selected) return selected.encoding === 'base64';
  return !alternatives.some((alternative) => alternative.encoding === 'text') || /^[\w+/=\s]+$/.test(text);
}

/** A source over bytes that are already here. */
export function memorySource(pointer: string, load: () => Uint8Array): Source {
  let loaded: Uint8Array | undefined;
  const all = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    pointer,
    size: async () => all().length,
    read: async (offset, length) => all().subarray(offset, offset + length),
    bytes: async () => all(),
  };
}

/** Reads what a plain input refers to: JSON, text, or bytes as base64, as its schema asks. */
async function readReference(input: Input, source: Source): Promise<unknown> {
  const bytes = await source.bytes();
  const alternatives = listAlternatives(input.schema);
  const declared = source.mediaType;
  const [selected] = declared ? selectAlternatives(alternatives, declared) : [];
  const alternative = selected ?? alternatives[0];
  if (alternative.encoding === 'base64') return Buffer.from(bytes).toString('base64');
  const text = decodeText(bytes, source.pointer);
  const plain =
    alternative.encoding === 'text' || (declared !== undefined && parseEssence(declared) === 'text/plain');
  const value = plain || !looksLikeJson(text, declared) ? text : parseJsonContent(bytes, source.pointer);
  const faults = literalFaults(input.schema, value, source.pointer);
  if (faults.length > 0) throw new InvalidRequest(faults, 'The data that an input refers to is not valid');
  return value;
}

const looksLikeJson = (text: string, mediaType: string | undefined): boolean =>
  mediaType !== undefined ? isJson(mediaType) : /^\s*[[{"\d-]|^\s*(true|false|null)\s*$/.test(text);

function decodeText(bytes: Uint8Array, pointer: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput(pointer, 'The referenced data is not UTF-8 text.');
  }
}

function parseJsonContent(bytes: Uint8Array, pointer: string): unknown {
  const read = parseJson(bytes, 'The referenced data');
  if ('value' in read) return read.value;
  throw new InvalidInput(`${pointer}${read.pointer}`, read.detail);
}

/** Refuses more bytes than the process takes. @throws LimitExceeded */
export function checkSize(bytes: number, limit: number | undefined, pointer: string): void {
  if (limit === undefined || bytes <= limit) return;
  throw new ClassLimitExceeded(pointer, `The data has ${bytes} bytes; the process accepts up to ${limit}.`);
}
