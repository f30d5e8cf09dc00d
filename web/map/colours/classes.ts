import { formatNumber as formatted } from '../../../strings/language.ts';
import { kindColour, MOST_KINDS, type RampName, type Rgb, rampColours } from './ramps.ts';

/** How values are put into classes. */
export const methods = ['quantiles', 'equal', 'unique'] as const;
export type Method = (typeof methods)[number];

/** Classes of values: the colour of each, and what a legend says of it. */
export interface Classes {
  readonly entries: readonly { readonly colour: Rgb; readonly label: string }[];
  /** Number of the class that a value is in; -1 for what is in none. */
  readonly find: (value: unknown) => number;
}

/** Values that are compared as numbers. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/**
 * Puts values into classes by number, or by what they are.
 *
 * @param count how many classes there should be; equal quantiles make fewer, and `unique` as many as there are values,
 *   up to sixteen, the commonest first.
 */
export function classify(
  values: readonly unknown[],
  { method, count, ramp }: { readonly method: Method; readonly count: number; readonly ramp: RampName },
): Classes {
  if (method === 'unique') return uniqueClasses(values);
  const numbers = Float64Array.from(values.filter(isNumber)).sort();
  if (numbers.length === 0) return { entries: [], find: () => -1 };
  const breaks = method === 'equal' ? equalBreaks(numbers, count) : quantileBreaks(numbers, count);
  const colours = rampColours(ramp, breaks.length - 1);
  return {
    entries: colours.map((colour, index) => ({
      colour,
      label: rangeLabel(breaks[index] ?? 0, breaks[index + 1] ?? 0),
    })),
    find: (value) => (isNumber(value) ? findInterval(breaks, value) : -1),
  };
}

function equalBreaks(sorted: Float64Array, count: number): number[] {
  const [from, to] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  if (from === to) return [from, to];
  return Array.from({ length: count + 1 }, (_, index) =>
    index === count ? to : from + ((to - from) * index) / count,
  );
}

/** Breaks between which the same number of values lie; those that fall together count once. */
function quantileBreaks(sorted: Float64Array, count: number): number[] {
  const all = Array.from({ length: count + 1 }, (_, index) => quantile(sorted, index / count));
  const distinct = all.filter((value, index) => index === 0 || value > (all[index - 1] ?? 0));
  return distinct.length === 1 ? [...distinct, ...distinct] : distinct;
}

/**
 * The value below which a part of sorted values lies, between two of them by the distance (Hyndman and Fan, type 7).
 */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const place = part * (sorted.length - 1);
  const before = Math.floor(place);
  const from = sorted[before] ?? Number.NaN;
  const to = sorted[before + 1] ?? from;
  return from + (to - from) * (place - before);
}

/** Upper ends belong to their class, and so does the start of the first. */
function findInterval(breaks: readonly number[], value: number): number {
  if (value < (breaks[0] ?? 0) || value > (breaks.at(-1) ?? 0)) return -1;
  for (let index = 1; index < breaks.length; index++) if (value <= (breaks[index] ?? 0)) return index - 1;
  return -1;
}

function uniqueClasses(values: readonly unknown[]): Classes {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = labelValue(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_KINDS);
  const labels = common.map(([label]) => label).sort(compareLabels);
  const numbers = new Map(labels.map((label, index) => [label, index]));
  return {
    entries: labels.map((label, index) => ({ colour: kindColour(index), label })),
    find: (value) => numbers.get(labelValue(value)) ?? -1,
  };
}

const compareLabels = (a: string, b: string): number => {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? (a < b ? -1 : 1) : x - y;
};

const labelValue = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

const rangeLabel = (from: number, to: number): string =>
  from === to ? formatNumber(from) : `${formatNumber(from)} – ${formatNumber(to)}`;

/** A number as people read it: six digits that count, no more. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(3).replace(/\.?0+e/, 'e');
  return formatted(value, { maximumSignificantDigits: Math.max(6, digits(size)) });
}

/** Whole numbers keep all their digits. */
const digits = (size: number): number => Math.ceil(Math.log10(Math.max(1, size)));
