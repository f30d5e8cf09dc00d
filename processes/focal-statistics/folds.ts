/** A statistic that is gathered value by value, and joined with that of other values. */
export interface Fold {
  clear(): void;
  add(value: number): void;
  join(other: this): void;
  /** NaN of no values. */
  result(): number;
}

class Extremes implements Fold {
  least = Number.NaN;
  most = Number.NaN;
  readonly #result: (least: number, most: number) => number;

  constructor(result: (least: number, most: number) => number) {
    this.#result = result;
  }

  clear(): void {
    this.least = Number.NaN;
    this.most = Number.NaN;
  }

  add(value: number): void {
    if (!(this.least <= value)) this.least = value;
    if (!(this.most >= value)) this.most = value;
  }

  join({ least, most }: Extremes): void {
    if (Number.isNaN(least)) return;
    if (!(this.least <= least)) this.least = least;
    if (!(this.most >= most)) this.most = most;
  }

  result(): number {
    return this.#result(this.least, this.most);
  }
}

/**
 * Count, mean and sum of squared deviations, updated without cancellation (Welford; joined as Chan, Golub and LeVeque do,
 * 1979).
 */
class Moments implements Fold {
  count = 0;
  mean = 0;
  squares = 0;
  readonly #result: (moments: Moments) => number;

  constructor(result: (moments: Moments) => number) {
    this.#result = result;
  }

  clear(): void {
    this.count = 0;
    this.mean = 0;
    this.squares = 0;
  }

  add(value: number): void {
    const difference = value - this.mean;
    this.count++;
    this.mean += difference / this.count;
    this.squares += difference * (value - this.mean);
  }

  join({ count, mean, squares }: Moments): void {
    if (count === 0) return;
    const total = this.count + count;
    const difference = mean - this.mean;
    this.squares += squares + (difference * difference * this.count * count) / total;
    this.mean += (difference * count) / total;
    this.count = total;
  }

  result(): number {
    return this.count === 0 ? Number.NaN : this.#result(this);
  }
}

/** How each statistic is gathered. */
export const folds = {
  min: (): Fold => new Extremes((least) => least),
  max: (): Fold => new Extremes((_, most) => most),
  range: (): Fold => new Extremes((least, most) => most - least),
  mean: (): Fold => new Moments(({ mean }) => mean),
  sum: (): Fold => new Moments(({ count, mean }) => count * mean),
  stddev: (): Fold => new Moments(({ count, squares }) => Math.sqrt(squares / count)),
} as const;
