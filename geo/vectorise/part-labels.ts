import { UnionFind } from './union-find.ts';

/** Label of a missing pixel. */
export const UNLABELLED = -1;

/** A row of pixels with a missing one before the first and after the last. */
export interface LabelledRow {
  readonly values: Float64Array;
  readonly labels: Int32Array;
}

/** A row without values, such as the one above the first. */
export const makeMissingRow = (width: number): LabelledRow => ({
  values: new Float64Array(width + 2).fill(Number.NaN),
  labels: new Int32Array(width + 2).fill(UNLABELLED),
});

/**
 * Labels pixels row by row, so that those of one part get labels of one set: a part is what is joined by edges of pixels of
 * equal value.
 *
 * @see Rosenfeld and Pfaltz, Sequential Operations in Digital Picture Processing, 1966
 */
export class PartLabels {
  readonly #parts = new UnionFind();
  /** Parts that also meet at corners; the parts themselves where those do not count. */
  readonly #regions: UnionFind;
  readonly #values: number[] = [];

  constructor(connectivity: 4 | 8) {
    this.#regions = connectivity === 8 ? new UnionFind() : this.#parts;
  }

  /** Gives the pixels of a row their labels. */
  label({ values, labels }: LabelledRow, above: LabelledRow): void {
    for (let index = 1; index + 1 < values.length; index++) {
      const value = values[index] ?? Number.NaN;
      if (value === values[index - 1]) {
        const label = labels[index - 1] ?? UNLABELLED;
        labels[index] = label;
        if (value === above.values[index] && label !== above.labels[index])
          this.#unite(label, above.labels[index] ?? UNLABELLED);
      } else if (value === above.values[index]) {
        labels[index] = above.labels[index] ?? UNLABELLED;
      } else {
        labels[index] = Number.isNaN(value) ? UNLABELLED : this.#add(value);
      }
    }
  }

  /** Tells that parts of two labels, of equal value, meet at a corner. */
  meet(one: number, other: number): void {
    if (this.#regions !== this.#parts) this.#regions.unite(one, other);
  }

  /** The part and the region of a label, each by the label of its first pixel. */
  findPart = (label: number): number => this.#parts.find(label);
  findRegion = (label: number): number => this.#regions.find(label);
  valueOf = (label: number): number => this.#values[label] ?? Number.NaN;

  #add(value: number): number {
    if (this.#regions !== this.#parts) this.#regions.add();
    this.#values.push(value);
    return this.#parts.add();
  }

  #unite(one: number, other: number): void {
    this.#parts.unite(one, other);
    if (this.#regions !== this.#parts) this.#regions.unite(one, other);
  }
}
