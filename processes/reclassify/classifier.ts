/** Values from `min` up to, but without, `max`. */
export interface Class {
  readonly min?: number;
  readonly max?: number;
  /** Null stands for nodata. */
  readonly newValue: number | null;
}

/**
 * Finds new values: that of the first class that holds a value, NaN for nodata and for what is NaN.
 *
 * @param keep values in no class stay as they are
 */
export function classifier(classes: readonly Class[], keep: boolean): (value: number) => number {
  const mins = Float64Array.from(classes, ({ min }) => min ?? -Infinity);
  const maxs = Float64Array.from(classes, ({ max }) => max ?? Infinity);
  const unbounded = classes.map(({ max }) => max === undefined);
  const results = Float64Array.from(classes, ({ newValue }) => newValue ?? Number.NaN);
  return (value) => {
    for (let index = 0; index < results.length; index++) {
      if (value >= mins[index]! && (value < maxs[index]! || unbounded[index]!)) return results[index]!;
    }
    return keep ? value : Number.NaN;
  };
}
