/** A moment, in milliseconds since 1970. */
export class Instant {
  readonly time: number;

  constructor(time: number) {
    this.time = time;
  }
}

/** What an expression gives for a feature; null where it has no value. */
export type Value = string | number | bigint | boolean | Instant | null;

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** The value of a JSON member. Objects and arrays have none that could be compared. */
export function toScalar(member: unknown): Value {
  if (typeof member === 'number') return Number.isFinite(member) ? member : null;
  if (typeof member === 'bigint') return member;
  return typeof member === 'string' || typeof member === 'boolean' ? member : null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})$/;

/** The moment that a date (at midnight, UTC) or a time stamp (RFC 3339) names; null where it is neither. */
export function parseInstant(text: string, kind?: 'date' | 'timestamp'): Instant | null {
  if (kind !== 'timestamp' && DATE.test(text)) return validInstant(`${text}T00:00:00Z`, text);
  return kind !== 'date' && TIMESTAMP.test(text) ? validInstant(text, text.slice(0, 10)) : null;
}

function validInstant(text: string, date: string): Instant | null {
  const time = Date.parse(text);
  // The calendar of the engine takes 30 February for 1 March.
  const day = new Date(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(time) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return exists ? new Instant(time) : null;
}

/**
 * Compares two values. With null it is false, whatever the operator. Values of different types are not equal and
 * have no order; a text is compared to a moment as the date or time stamp that it is.
 */
export function compare(operator: Comparison, one: Value, other: Value): boolean {
  if (one === null || other === null) return false;
  if (one instanceof Instant || other instanceof Instant) {
    const [a, b] = [toTime(one), toTime(other)];
    return a !== null && b !== null && holds(operator, Math.sign(a - b));
  }
  if (isNumeric(one) && isNumeric(other)) return holds(operator, Number(one > other) - Number(one < other));
  if (typeof one !== typeof other) return operator === '<>';
  return holds(operator, order(one, other));
}

/** Integers beyond 2^53 are BigInt; they compare with numbers by what they are. */
export const isNumeric = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

function toTime(value: Exclude<Value, null>): number | null {
  if (value instanceof Instant) return value.time;
  return typeof value === 'string' ? (parseInstant(value)?.time ?? null) : null;
}

function order(one: string | number | bigint | boolean, other: string | number | bigint | boolean): number {
  if (one === other) return 0;
  if (typeof one === 'string') return compareTexts(one, other as string);
  return one < other ? -1 : 1;
}

/** Order of texts by code point; the engine's own is by halves of those beyond U+FFFF. */
function compareTexts(one: string, other: string): number {
  const [ones, others] = [one[Symbol.iterator](), other[Symbol.iterator]()];
  for (;;) {
    const [a, b] = [ones.next(), others.next()];
    if (a.done || b.done) return Number(b.done ?? false) - Number(a.done ?? false);
    if (a.value !== b.value) return codePoint(a.value) < codePoint(b.value) ? -1 : 1;
  }
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;

function holds(operator: Comparison, sign: number): boolean {
  switch (operator) {
    case '=':
      return sign === 0;
    case '<>':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

/** Texts without the difference of upper and lower case. */
export const withoutCase = (text: string): string => text.toUpperCase().toLowerCase();

/** Texts without accents and other marks. */
export const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
