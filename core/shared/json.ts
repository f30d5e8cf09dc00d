import type { Fault } from './errors.ts';
import { parseExact } from './exact-json.ts';

/**
 * Arrays and objects that may stand inside each other. GeoJSON needs about ten; what reads and writes JSON, this
 * service included, runs out of stack at some thousands.
 */
export const DEEPEST_NESTING = 100;

/**
 * Reads JSON in UTF-8 (RFC 8259), with or without a byte order mark, so that whatever is done with it later works: see
 * {@link findFlaw} for what is refused although it is JSON.
 *
 * @param what begins the sentence that says what is wrong, for example `The body`
 * @returns the value, or what is wrong with the text and where
 */
export function parseJson(bytes: Uint8Array, what: string): { readonly value: unknown } | Fault {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return { pointer: '', detail: `${what} is not JSON: ${(error as Error).message}.` };
  }
  return parseJsonText(text, what);
}

/** The same of text that is decoded already. @param everywhere: see `parseExact` */
export function parseJsonText(
  text: string,
  what: string,
  everywhere = false,
): { readonly value: unknown } | Fault {
  try {
    const value: unknown = parseExact(text, everywhere);
    const flaw = findFlaw(value);
    if (flaw === undefined) return { value };
    // How deep something is nested is said of the whole: its pointer would be a hundred names long.
    return flaw.detail === TOO_DEEP ? { pointer: '', detail: `${what} ${TOO_DEEP}` } : flaw;
  } catch (error) {
    return { pointer: '', detail: `${what} is not JSON: ${(error as Error).message}.` };
  }
}

const TOO_DEEP = `nests more than ${DEEPEST_NESTING} arrays and objects.`;
const TOO_LARGE = 'is a number beyond the range of a double, about 1.8e308.';
const HALF_CHARACTER = 'has an unpaired surrogate, which is not a character and cannot be encoded as UTF-8.';

/**
 * The first place of a JSON value that cannot be worked with, although the grammar of JSON allows it (I-JSON, RFC 7493,
 * does not): nested without end, a number that JavaScript reads as infinite and writes as null, or text with a lone
 * surrogate, which neither DynamoDB nor S3 nor the payloads of Lambda, all UTF-8, keep as it is.
 */
export function findFlaw(value: unknown, levels = DEEPEST_NESTING): Fault | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : { pointer: '', detail: TOO_LARGE };
  if (typeof value === 'string')
    return value.isWellFormed() ? undefined : { pointer: '', detail: HALF_CHARACTER };
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return { pointer: '', detail: TOO_DEEP };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const flaw = findFlaw(value[index], levels - 1);
      if (flaw) return { ...flaw, pointer: `/${index}${flaw.pointer}` };
    }
    return undefined;
  }
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) return { pointer: '', detail: `has a member whose name ${HALF_CHARACTER}` };
    const flaw = findFlaw(member, levels - 1);
    if (flaw) return { ...flaw, pointer: `/${pointerSegment(name)}${flaw.pointer}` };
  }
  return undefined;
}

/** The value of JSON text in a column of a file; what is no usable JSON stays text. */
export function jsonOrText(text: string): unknown {
  const read = parseJsonText(text, 'It', true);
  return 'value' in read ? read.value : text;
}

/** Escapes a member name for a JSON pointer (RFC 6901). */
export const pointerSegment = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether a JSON value is an object: neither null nor an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of the same members, each value mapped. */
export const mapValues = <A, B>(
  object: { readonly [name: string]: A },
  map: (value: A) => B,
): Record<string, B> => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));

/** A value as text: strings as they are, all else as JSON. */
export const textFromValue = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
