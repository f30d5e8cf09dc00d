import type { Fault } from './errors.ts';

/**
 * Arrays and objects that may stand inside each other. GeoJSON needs about ten; what reads and writes JSON, this
 * service included, runs out of stack at some thousands.
 */
export const DEEPEST_NESTING = 100;

/**
 * Reads JSON in UTF-8 (RFC 8259), with or without a byte order mark, so that whatever is done with it later works:
 * not nested without end, and no number beyond the range of doubles, which JavaScript reads as infinite.
 *
 * @param what begins the sentence that says what is wrong, for example `The body`
 * @returns the value, or what is wrong with the text and where
 */
export function parseJson(bytes: Uint8Array, what: string): { readonly value: unknown } | Fault {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const flaw = flawIn(value, DEEPEST_NESTING);
    if (flaw === undefined) return { value };
    if (flaw.kind === 'number') {
      const detail = 'is a number beyond the range of a double, which ends at about 1.8e308.';
      return { pointer: flaw.pointer, detail };
    }
    return { pointer: '', detail: `${what} nests more than ${DEEPEST_NESTING} arrays and objects.` };
  } catch (error) {
    return { pointer: '', detail: `${what} is not JSON: ${(error as Error).message}.` };
  }
}

type Flaw = { readonly kind: 'number' | 'nesting'; readonly pointer: string };

/** The first place of a value that cannot be worked with. @param levels that may still follow */
function flawIn(value: unknown, levels: number): Flaw | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { kind: 'number', pointer: '' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return { kind: 'nesting', pointer: '' };
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const flaw = flawIn((value as Readonly<Record<string | number, unknown>>)[key], levels - 1);
    if (flaw) return { ...flaw, pointer: `/${pointerSegment(String(key))}${flaw.pointer}` };
  }
  return undefined;
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
