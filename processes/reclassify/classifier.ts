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
  const mins = Float64Array.from(classes, ({ min }) => min ?? -Infinity);
  // No value is at least NaN, so such a class has no end, not even at infinity.
  const maxs = Float64Array.from(classes, ({ max }) => max ?? Number.NaN);
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
  const table = { mins, maxs, newValues, kinds };
  return (start, values) => storeClasses(values, result.samples, start, table, storeSpecial, storeOther);
}

interface Table {
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  readonly newValues: Samples;
  readonly kinds: Uint8Array;
}

/** A function of its own with plain arguments, which is compiled once and stays so: this is where the time goes. */
function storeClasses(
  values: Float32Array | Float64Array,
  samples: Samples,
  start: number,
  { mins, maxs, newValues, kinds }: Table,
  storeSpecial: (index: number, place: number) => void,
  storeOther: (index: number, value: number) => void,
): void {
  const count = newValues.length;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    let place = 0;
    while (
      place < count &&
      !(value >= (mins[place] ?? Number.NaN) && !(value >= (maxs[place] ?? Number.NaN)))
    )
      place++;
    if (place === count) storeOther(start + index, value);
    else if (kinds[place] === PLAIN) samples[start + index] = newValues[place] ?? Number.NaN;
    else storeSpecial(start + index, place);
  }
}
