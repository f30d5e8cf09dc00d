/** Values between two numbers, and how many there are. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Widths that people read easily, up to ten. */
const steps = [1, 2, 2.5, 5, 10];

/** The least easy number that is at least a width. */
function easyStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * (steps.find((step) => step * power >= width * (1 - 1e-9)) ?? 10);
}

/** Easy numbers from below the least to above the greatest of two values. */
export function easyTicks(from: number, to: number, most: number): number[] {
  if (!(to > from)) return [from];
  const step = easyStep((to - from) / most);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Puts numbers into classes of the same width that begin at easy numbers; the last has its upper end as well. */
export function makeBins(values: readonly number[], most = 24): Bin[] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (values.length === 0) return [];
  // What differs in its last digits alone is one value to who looks at a chart.
  if (to - from <= Math.max(Math.abs(from), Math.abs(to)) * 1e-9 || to - from < 1e-300)
    return [{ from, to, count: values.length }];
  const edges = easyTicks(from, to, most);
  const [start = 0, second = 1] = edges;
  const counts = new Uint32Array(edges.length - 1);
  for (const value of values) {
    const place = Math.min(counts.length - 1, Math.max(0, Math.floor((value - start) / (second - start))));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return Array.from(counts, (count, index) => ({
    from: edges[index] ?? 0,
    to: edges[index + 1] ?? 0,
    count,
  }));
}
