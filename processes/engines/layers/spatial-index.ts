import Flatbush from 'flatbush';
import type { Bounds } from './layer.ts';

/** A box and the item that it is of. */
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

  get size(): number {
    return this.#items.length;
  }

  /** Items with a box that meets the given one, touching ones too, in ascending order. */
  search(box: Bounds): number[] {
    return this.#itemsOf(this.#tree?.search(...box)).sort((one, other) => one - other);
  }

  /** The `count` items whose boxes are nearest to a position, or all if there are fewer; nearest first. */
  neighbours(x: number, y: number, count: number): number[] {
    return this.#itemsOf(this.#tree?.neighbors(x, y, count));
  }

  #itemsOf(entries: readonly number[] = []): number[] {
    return entries.map((entry) => this.#items[entry]!);
  }
}
