import type { DataType, Samples } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { storingIn } from '../../geo/raster/values/store-values.ts';

/** Values from `min` up to, but without, `max`. */
export interface Class {
  readonly min?: number;
  readonly max?: number;
  /** Null stands for nodata. */
  readonly newValue: number | null;
}

export interface Result {
  readonly samples: Samples;
  readonly dataType: DataType;
  readonly nodata: number;
  /** Values in no class stay as they are; without it they become nodata. */
  readonly keep: boolean;
}

/**
 * Stores the new values of many values, of which the first one belongs at `start`: that of the first class that holds
 * a value, nodata for what is NaN.
 */
export function classifier(
  classes: readonly Class[],
  { samples, dataType, nodata, keep }: Result,
): (start: number, values: Float32Array | Float64Array) => void {
  const mins = Float64Array.from(classes, ({ min }) => min ?? -Infinity);
  // No value is at least NaN, so such a class has no end, not even at infinity.
  const maxs = Float64Array.from(classes, ({ max }) => max ?? Number.NaN);
  const results = newSamples(dataType, classes.length);
  const storeResult = storingIn(results, dataType, nodata);
  for (const [place, { newValue }] of classes.entries()) storeResult(place, newValue ?? Number.NaN);
  const store = storingIn(samples, dataType, nodata);
  const storeOther = (index: number, value: number) => store(index, keep ? value : Number.NaN);
  return (start, values) => storeClasses(values, samples, start, mins, maxs, results, storeOther);
}

/** A function of its own with plain arguments, which is compiled once and stays so: this is where the time goes. */
function storeClasses(
  values: Float32Array | Float64Array,
  samples: Samples,
  start: number,
  mins: Float64Array,
  maxs: Float64Array,
  results: Samples,
  storeOther: (index: number, value: number) => void,
): void {
  const count = results.length;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    let place = 0;
    while (place < count && !(value >= mins[place]! && !(value >= maxs[place]!))) place++;
    if (place < count) samples[start + index] = results[place]!;
    else storeOther(start + index, value);
  }
}
