export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

/** Some numbers, and how often each is there; once where nothing is said. */
interface Counted {
  readonly values: Iterable<number>;
  readonly times?: (value: number) => number;
}

/**
 * Counts values in equally wide bins from the least to the greatest, which belongs to the last one. Where all values are
 * equal the bins reach half a unit to both sides, as NumPy's do. Values next to the edge of a bin are compared with it.
 */
export function computeHistogram(
  { values, times = () => 1 }: Counted,
  bins: number,
  least: number,
  greatest: number,
): Histogram {
  const [min, max] = least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest];
  const step = (max - min) / bins;
  const edge = (index: number) => (index === bins ? max : min + index * step);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    let bin = Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins));
    if (value < edge(bin)) bin--;
    else if (bin < bins - 1 && value >= edge(bin + 1)) bin++;
    counts[bin] = (counts[bin] ?? 0) + times(value);
  }
  return { min, max, counts };
}
