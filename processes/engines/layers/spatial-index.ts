import Flatbush from 'flatbush';
import type { Bounds } from './layer.ts';

/** A box of an item; an item may have several, for its parts. */
export type Entry = readonly [item: number, box: Bounds];

/** Items by their bounding boxes, in a packed R-tree. */
export class SpatialIndex {
  readonly #tree: Flatbush | undefined;
  /** Item of each entry of the tree. */
  readonly #items: readonly number[];

  constructor(entries: readonly Entry[]) {
    this.#items = entries.map(([item]) => item);
    // The tree refuses to be empty.
    if (entries.length === 0) return;
    this.#tree = new Flatbush(entries.length);
    for (const [, box] of entries) this.#tree.add(...box);
    this.#tree.finish();
  }

  /** Items with a box that meets the given one, touching ones too, in ascending order. */
  search(box: Bounds): number[] {
    const found = this.#itemsOf(this.#tree?.search(...box) ?? []);
    return [...found].sort((one, other) => one - other);
  }

  /** The `count` items whose boxes are nearest to a position, or all if there are fewer; nearest first. */
  neighbours(x: number, y: number, count: number): number[] {
    const entries = this.#items.length;
    let wanted = count;
    let found = this.#itemsOf(this.#tree?.neighbors(x, y, wanted) ?? []);
    // Parts of one item may be the nearest ones.
    while (found.size < count && wanted < entries) {
      wanted *= 4;
      found = this.#itemsOf(this.#tree?.neighbors(x, y, wanted) ?? []);
    }
    return [...found].slice(0, count);
  }

  #itemsOf(entries: readonly number[]): Set<number> {
    return new Set(entries.map((entry) => this.#items[entry]!));
  }
}
