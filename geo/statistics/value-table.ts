import { LimitExceeded } from '../../core/shared/errors.ts';
import type { Samples } from '../raster/raster.ts';

/** The distinct values of a set of numbers in ascending order, and how often each is there. */
export interface ValueTable {
  readonly values: Samples;
  readonly counts: Uint32Array | Float64Array;
}

/** Distinct values that tables have together at most where parts of the work are merged: 16 bytes each. */
export const MOST_DISTINCT = 8_000_000;

/** @param values without NaN, less than 2^32 */
export function tabulate(values: Samples): ValueTable {
  const sorted = values.slice().sort();
  let distinct = 0;
  // 0 and -0 are the same number.
  for (let index = 0; index < sorted.length; index++)
    if (index === 0 || sorted[index] !== sorted[index - 1]) distinct++;
  const counts = new Uint32Array(distinct);
  let last = -1;
  for (let index = 0; index < sorted.length; index++) {
    const value = sorted[index] ?? 0;
    if (last < 0 || value !== sorted[last]) sorted[++last] = value;
    counts[last] = (counts[last] ?? 0) + 1;
  }
  // No second copy of values that are many.
  const kept = sorted.subarray(0, distinct);
  return { values: 2 * distinct < sorted.length ? kept.slice() : kept, counts };
}

/** The table of both sets of numbers, which are of the same type. */
export function joinTables(one: ValueTable, other: ValueTable): ValueTable {
  const length = one.values.length + other.values.length;
  const values = new (one.values.constructor as Float64ArrayConstructor)(length);
  const counts = new Float64Array(length);
  let [left, right, distinct] = [0, 0, 0];
  while (left < one.values.length || right < other.values.length) {
    const first = one.values[left] ?? Infinity;
    const second = other.values[right] ?? Infinity;
    const takesLeft = left < one.values.length && first <= second;
    const takesRight = right < other.values.length && second <= first;
    values[distinct] = takesLeft ? first : second;
    if (takesLeft) counts[distinct] = (counts[distinct] ?? 0) + (one.counts[left++] ?? 0);
    if (takesRight) counts[distinct] = (counts[distinct] ?? 0) + (other.counts[right++] ?? 0);
    distinct++;
  }
  return { values: values.slice(0, distinct), counts: counts.slice(0, distinct) };
}

/** The value that would stand at a place, from 0 on, if all were sorted. */
function valueAt({ values, counts }: ValueTable, place: number): number {
  let index = 0;
  for (let before = counts[0] ?? 0; before <= place; before += counts[index] ?? 0) index++;
  return values[index] ?? Number.NaN;
}

/** The middle value, of an even number of them the mean of the middle two; NaN of none. */
export function medianFrom(table: ValueTable): number {
  let count = 0;
  for (const times of table.counts) count += times;
  const middle = Math.floor(count / 2);
  if (count === 0) return Number.NaN;
  return count % 2 === 1 ? valueAt(table, middle) : (valueAt(table, middle - 1) + valueAt(table, middle)) / 2;
}

/** @throws LimitExceeded where tables have more distinct values than are merged. @param pointer of what asks for them */
export function checkTables(tables: Iterable<ValueTable>, pointer: string): void {
  let distinct = 0;
  for (const { values } of tables) distinct += values.length;
  if (distinct <= MOST_DISTINCT) return;
  throw new LimitExceeded(
    pointer,
    `includes the median or the number of distinct values, but the zones have more than ${MOST_DISTINCT} distinct values. A raster of this size is processed in parts, whose values are then merged: leave these statistics out, or round the values with convert-raster.`,
  );
}
