/** Values from `min` up to, but without, `max`. */
export interface Class {
  readonly min?: number;
  readonly max?: number;
  /** Null stands for nodata. */
  readonly newValue: number | null;
}

/**
 * Replaces values by those of the first class that holds them, and by NaN for nodata; what is NaN stays so.
 *
 * @param keep values in no class stay as they are; without it they become NaN
 */
export function classifier(classes: readonly Class[], keep: boolean): (values: Float64Array) => void {
  const mins = Float64Array.from(classes, ({ min }) => min ?? -Infinity);
  // No value is at least NaN, so such a class has no end, not even at infinity.
  const maxs = Float64Array.from(classes, ({ max }) => max ?? Number.NaN);
  const results = Float64Array.from(classes, ({ newValue }) => newValue ?? Number.NaN);
  return (values) => replace(values, mins, maxs, results, keep);
}

/** Plain variables only: this is where the time goes. */
function replace(
  values: Float64Array,
  mins: Float64Array,
  maxs: Float64Array,
  results: Float64Array,
  keep: boolean,
): void {
  const count = results.length;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    let result = keep ? value : Number.NaN;
    for (let place = 0; place < count; place++) {
      if (value >= mins[place]! && !(value >= maxs[place]!)) {
        result = results[place]!;
        break;
      }
    }
    values[index] = result;
  }
}
