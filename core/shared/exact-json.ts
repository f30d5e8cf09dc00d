import { geometryTypes } from './geojson-types.ts';

/**
 * Integers of 64 bits in JSON. A number of JavaScript holds those up to 2^53; S2 and H3 cells, and the ids of many
 * databases, are beyond. They are BigInt here, from reading to writing; all others stay numbers.
 */
const LEAST = -(2n ** 63n);
/** Of unsigned integers. */
const MOST = 2n ** 64n - 1n;
export const MOST_SIGNED = 2n ** 63n - 1n;

/** As a number where that is exact, else as it is. */
export const exactInteger = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

/** As a double where one is exactly this integer, else as it is. */
const asDouble = (value: number | bigint): number | bigint =>
  typeof value === 'bigint' && BigInt(Number(value)) === value ? Number(value) : value;

/** The number that a text of digits is: exact where it is an integer of 64 bits, else the nearest double. */
export function exactNumber(text: string): number | bigint {
  const number = Number(text);
  if (Number.isSafeInteger(number) || !/^[-+]?\d+$/.test(text)) return number;
  const integer = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return integer >= LEAST && integer <= MOST ? exactInteger(integer) : number;
}

/** The same for an input: a BigInt only where a double would be another integer. */
export const exactInput = (text: string): number | bigint => asDouble(exactNumber(text));

/** Whether a text may have integers beyond 2^53: most have none, and are parsed at full speed. */
const LONG_INTEGER = /[:,[\s]-?\d{16,}\s*[,}\]]|^\s*-?\d{16,}\s*$/;

/** Whether a number is an integer that is exactly the one that is meant: a bigint, or within 2^53. */
export const isExactInteger = (value: number | bigint): boolean =>
  typeof value === 'bigint' || Number.isSafeInteger(value);

/** Whether a JSON text has digits enough for an integer beyond 2^53. */
export const mayHaveLongIntegers = (json: string): boolean => LONG_INTEGER.test(json);

type Raw = typeof JSON & { rawJSON(text: string): unknown };
/** A text, a number or another value without members that is written as it stands in JSON. @throws SyntaxError */
export const rawJson = (json: string): unknown => (JSON as Raw).rawJSON(json);
/** A number that is written with these digits. */
export const rawNumber = (digits: string): unknown => rawJson(digits);

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

// What has BigInt is written with all digits, wherever it is written.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value(this: bigint) {
    return rawNumber(String(this));
  },
  configurable: true,
  writable: true,
});

const revive: Reviver = (_, value, { source }) =>
  typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value)
    ? exactNumber(source)
    : value;

/**
 * Parses JSON. No integer of 64 bits becomes another one: what a double does not hold is BigInt, which is refused where a
 * number is due. In the properties and ids of features and in the arguments of filters, or everywhere, all beyond 2^53
 * are BigInt, so that equal ones are of one type. Coordinates are doubles, however they are written.
 */
export function parseExact(text: string, everywhere = false): unknown {
  if (!mayHaveLongIntegers(text)) return JSON.parse(text);
  const value: unknown = (JSON.parse as (text: string, reviver: Reviver) => unknown)(text, revive);
  return everywhere ? value : withDoubles(value, asDouble, DEEPEST);
}

/** Deeper values are refused by whoever reads them, and must not end the stack before. */
const DEEPEST = 200;

function withDoubles(value: unknown, convert: (integer: bigint) => number | bigint, levels: number): unknown {
  if (typeof value === 'bigint') return convert(value);
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      value[index] = withDoubles(value[index], convert, levels - 1);
    return value;
  }
  const object = value as Record<string, unknown>;
  const isFeature = object['type'] === 'Feature';
  const isOperation = typeof object['op'] === 'string';
  const isGeometry = geometryTypes.includes(object['type'] as string);
  for (const name of Object.keys(object)) {
    if (isFeature && (name === 'properties' || name === 'id')) continue;
    if (isOperation && name === 'args') continue;
    const member = object[name];
    if (typeof member === 'bigint' || typeof member === 'object')
      // A member __proto__ is there already, and is set as what it is.
      Object.defineProperty(object, name, {
        value: withDoubles(member, isGeometry && name === 'coordinates' ? Number : convert, levels - 1),
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return object;
}
