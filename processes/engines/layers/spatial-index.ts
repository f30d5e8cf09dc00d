import Flatbush from 'flatbush';
import type { Bounds } from './layer.ts';
import { sharedNumbers } from './packed-geometries.ts';

/** A box and the item that it is of. */
export type Entry = readonly [item: number, box: Bounds];

/** An index in memory that several threads read. */
export interface StoredIndex {
  readonly tree: ArrayBufferLike | undefined;
  readonly items: Uint32Array;
}

/** Items by their bounding boxes, in a packed R-tree. */
export class SpatialIndex {
  readonly #tree: Flatbush | undefined;
  /** Item of each entry of the tree. */
  readonly #items: Uint32Array;

  /** @param source items with their boxes, or an index that another thread has made of them. */
  constructor(source: readonly Entry[] | StoredIndex) {
    if ('tree' in source) {
      this.#items = source.items;
      this.#tree = source.tree && Flatbush.from(source.tree);
      return;
    }
    this.#items = sharedNumbers(source.map(([item]) => item));
    // The tree refuses to be empty.
    if (source.length === 0) return;
    this.#tree = new Flatbush(source.length, 16, Float64Array, SharedArrayBuffer);
    for (const [, box] of source) this.#tree.add(...box);
    this.#tree.finish();
  }

  get stored(): StoredIndex {
    return { tree: this.#tree?.data, items: this.#items };
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
