/** Values at which contour lines run, numbered from low to high. */
export interface Levels {
  /** How many levels are not above a value, so that a level lies between two values whose ranks differ. */
  rank(value: number): number;
  valueOf(level: number): number;
}

/** Digits of a double that a decimal fraction survives: 3 x 0.1 is written 0.3. */
const DIGITS = 15;

/** Levels are numbered exactly up to here; their values are kept, as most are asked for again. */
const MANY = 1e6;

/** Share of an interval at whose ends rounding errors may matter. */
const NEAR = 1e-6;

/** Every multiple of an interval above and below a base. Their numbers may be negative. */
export function regularLevels(interval: number, base: number): Levels {
  const values = new Map<number, number>();
  const valueAt = (level: number): number => {
    const known = values.get(level);
    if (known !== undefined) return known;
    if (values.size > MANY) values.clear();
    const value = Number((base + level * interval).toPrecision(DIGITS));
    values.set(level, value);
    return value;
  };
  const farOff = Math.abs(base) > MANY * interval;
  return {
    valueOf: valueAt,
    rank: (value) => {
      const quotient = (value - base) / interval;
      const level = Math.floor(quotient);
      const share = quotient - level;
      if (share > NEAR && share < 1 - NEAR && Math.abs(level) < MANY && !farOff) return level + 1;
      // The division rounds: a value at a level, or next to it, may come out on the other side.
      if (valueAt(level + 1) <= value) return level + 2;
      return valueAt(level) > value ? level : level + 1;
    },
  };
}

/** Levels at given values, in any order; equal ones count once. */
export function listedLevels(values: readonly number[]): Levels {
  const sorted = Float64Array.from(new Set(values)).sort();
  return {
    valueOf: (level) => sorted[level] ?? Number.NaN,
    rank: (value) => {
      let [low, high] = [0, sorted.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sorted[middle] ?? Number.NaN) <= value) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
