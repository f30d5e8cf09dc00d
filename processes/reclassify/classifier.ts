import type { DataType, Samples } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import type { ResultBand } from '../../geo/raster/values/result-band.ts';

/** Values from `min` up to, but without, `max`. */
export interface Class {
  readonly min?: number;
  readonly max?: number;
  /** Null stands for a missing pixel. */
  readonly newValue: number | null;
}

/** Classes whose new value is a plain one, is missing, or is there although it is nodata. */
const PLAIN = 0;
const MISSING = 1;
const TAKEN = 2;

/**
 * Stores the new values of many values, of which the first one belongs at `start`: that of the first class that holds
 * a value; what is NaN is missing.
 *
 * @param keep values in no class stay as they are; without it they are missing
 */
export function classifier(
  classes: readonly Class[],
  result: ResultBand,
  { dataType, keep }: { readonly dataType: DataType; readonly keep: boolean },
): (start: number, values: Float32Array | Float64Array) => void {
  const newValues = newSamples(dataType, classes.length);
  newValues.set(classes.map(({ newValue }) => newValue ?? 0));
  const kinds = Uint8Array.from(classes, ({ newValue }, place) => {
    if (newValue === null) return MISSING;
    return newValues[place] === result.nodata ? TAKEN : PLAIN;
  });
  const one = new Float64Array(1);
  const storeOther = (index: number, value: number) => {
    if (!keep) return result.miss(index);
    one[0] = value;
    result.store(index, one);
  };
  const storeSpecial = (index: number, place: number) => {
    if (kinds[place] === MISSING) return result.miss(index);
    result.samples[index] = newValues[place] ?? Number.NaN;
    result.take(index);
  };
  const table = { ...divideRange(classes), newValues, kinds };
  return (start, values) => storeClasses(values, result.samples, start, table, storeSpecial, storeOther);
}

/** The numbers divided where a class begins or ends. */
interface Ranges {
  /** Where each range begins, in ascending order; the last one has no end. */
  readonly begins: Float64Array;
  /** Place of the first class that holds the numbers of a range; -1 where none does. */
  readonly places: Int32Array;
}

function divideRange(classes: readonly Class[]): Ranges {
  const bounds = classes.flatMap(({ min = -Infinity, max }) => (max === undefined ? [min] : [min, max]));
  const begins = Float64Array.from(new Set(bounds)).sort();
  // No value is at least NaN, so such a class has no end, not even at infinity.
  const holds = ({ min = -Infinity, max = Number.NaN }: Class, value: number) =>
    value >= min && !(value >= max);
  const places = Int32Array.from(begins, (begin) => classes.findIndex((one) => holds(one, begin)));
  return { begins, places };
}

interface Table extends Ranges {
  readonly newValues: Samples;
  readonly kinds: Uint8Array;
}

/** Pixels in one range that follow one another, from which on filling them at once is faster. */
const LONG_RUN = 16;

/** Most pixels are in the same range as the one before them: each run of them is stored at once. */
function storeClasses(
  values: Float32Array | Float64Array,
  samples: Samples,
  start: number,
  { begins, places, newValues, kinds }: Table,
  storeSpecial: (index: number, place: number) => void,
  storeOther: (index: number, value: number) => void,
): void {
  for (let index = 0; index < values.length; ) {
    const value = values[index] ?? Number.NaN;
    const range = findRange(begins, value);
    const place = range < 0 ? -1 : (places[range] ?? -1);
    if (place === -1) storeOther(start + index++, value);
    else if (kinds[place] !== PLAIN) storeSpecial(start + index++, place);
    else {
      const end = findRunEnd(values, index, begins[range] ?? Number.NaN, begins[range + 1] ?? Infinity);
      const newValue = newValues[place] ?? Number.NaN;
      if (end - index >= LONG_RUN) samples.fill(newValue, start + index, start + end);
      else for (let at = start + index; at < start + end; at++) samples[at] = newValue;
      index = end;
    }
  }
}

/**
 * Number of the first value behind another one that is not in its range. A function of its own, which is compiled once and stays
 * so: this is where the time goes.
 */
function findRunEnd(values: Float32Array | Float64Array, from: number, begin: number, end: number): number {
  let index = from + 1;
  while (index < values.length) {
    const value = values[index] ?? Number.NaN;
    if (!(value >= begin && value < end)) break;
    index++;
  }
  return index;
}

/** Number of the range that holds a value; -1 of what is before the first one, and of NaN. */
function findRange(begins: Float64Array, value: number): number {
  let from = 0;
  let to = begins.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value >= (begins[middle] ?? Number.NaN)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
