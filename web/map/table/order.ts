import { language } from '../../../strings/language.ts';
import { nextTask } from '../shared/slices.ts';

/** By which column rows stand, and in which direction. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Numbers before texts; what is missing stands last, in both directions. */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator(language, { numeric: true });
const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || Number.isNaN(value as number);

/** Rows that are put in order at once: some milliseconds of work. */
const BLOCK = 512;
/** Milliseconds of work after which the page gets its turn. */
const SLICE = 10;

type Compare = (a: number, b: number) => number;

/** The rows as they come. */
export const rowsAsTheyAre = (count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, row) => row);

/**
 * Numbers of the rows in the order of a column; rows with the same value stay in their order. Texts of 200 000 rows take seconds to
 * compare: the page answers the person in between.
 */
export async function sortRows(
  count: number,
  valueAt: (row: number, column: string) => unknown,
  { column, descending }: Sorting,
): Promise<Uint32Array> {
  const values = Array.from({ length: count }, (_, row) => {
    const value = valueAt(row, column);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
  return sortInSlices(rowsAsTheyAre(count), (a, b) => {
    const [x, y] = [values[a], values[b]];
    const missing = Number(isMissing(x)) - Number(isMissing(y));
    if (missing !== 0) return missing;
    return (isMissing(x) ? 0 : compareValues(x, y) * (descending ? -1 : 1)) || a - b;
  });
}

/** Sorts blocks, then merges two by two, in slices between which the page answers. */
async function sortInSlices(rows: Uint32Array, compare: Compare): Promise<Uint32Array> {
  let until = performance.now() + SLICE;
  const breathe = async () => {
    if (performance.now() < until) return;
    await nextTask();
    until = performance.now() + SLICE;
  };
  for (let start = 0; start < rows.length; start += BLOCK) {
    rows.subarray(start, start + BLOCK).sort(compare);
    await breathe();
  }
  let from = rows;
  let into: Uint32Array = new Uint32Array(rows.length);
  for (let width = BLOCK; width < rows.length; width *= 2) {
    for (let start = 0; start < rows.length; start += 2 * width) {
      const merge = merging(from, into, [start, start + width, start + 2 * width], compare);
      while (!merge(BLOCK)) await breathe();
      await breathe();
    }
    [from, into] = [into, from];
  }
  return from;
}

/** Merges two sorted parts that lie side by side, some rows at each call; it answers whether that is all. */
function merging(
  from: Uint32Array,
  into: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
  compare: Compare,
): (rows: number) => boolean {
  const [leftEnd, rightEnd] = [Math.min(middle, from.length), Math.min(end, from.length)];
  let [left, right, at] = [start, leftEnd, start];
  return (rows) => {
    const stop = Math.min(rightEnd, at + rows);
    for (; at < stop; at++) {
      const takesLeft =
        right >= rightEnd || (left < leftEnd && compare(from[left] ?? 0, from[right] ?? 0) <= 0);
      into[at] = (takesLeft ? from[left++] : from[right++]) ?? 0;
    }
    return at >= rightEnd;
  };
}
