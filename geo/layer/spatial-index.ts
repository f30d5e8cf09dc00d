import Flatbush from 'flatbush';
import type { Bounds } from '../geometry/bounds.ts';
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

  constructor({ tree, items }: StoredIndex) {
    this.#items = items;
    this.#tree = tree && Flatbush.from(tree);
  }

  /** Indexes items by boxes of [xmin, ymin, xmax, ymax], in one CRS. */
  static of(entries: readonly Entry[]): SpatialIndex {
    const boxes = Float64Array.from(entries.flatMap(([, box]) => box));
    const items = Uint32Array.from(entries, ([item]) => item);
    return SpatialIndex.ofBoxes(boxes, (entry) => items[entry] ?? 0);
  }

  /**
   * @param boxes four coordinates for each; those of NaN are left out.
   * @param itemAt of the box at a position.
   */
  static ofBoxes(boxes: Float64Array, itemAt = (position: number) => position): SpatialIndex {
    const present: number[] = [];
    for (let position = 0; position * 4 < boxes.length; position++)
      if (!Number.isNaN(boxes[position * 4] ?? Number.NaN)) present.push(position);
    // The tree refuses to be empty.
    if (present.length === 0) return new SpatialIndex({ tree: undefined, items: new Uint32Array() });
    const tree = new Flatbush(present.length, 16, Float64Array, SharedArrayBuffer);
    for (const position of present) {
      const at = position * 4;
      tree.add(
        boxes[at] ?? Number.NaN,
        boxes[at + 1] ?? Number.NaN,
        boxes[at + 2] ?? Number.NaN,
        boxes[at + 3] ?? Number.NaN,
      );
    }
    tree.finish();
    return new SpatialIndex({ tree: tree.data, items: sharedNumbers(present.map(itemAt)) });
  }

  get stored(): StoredIndex {
    return { tree: this.#tree?.data, items: this.#items };
  }

  get size(): number {
    return this.#items.length;
  }

  /** Items with a box that meets the given one, touching ones too, in ascending order. */
  search(box: Bounds): number[] {
    return this.#listItems(this.#tree?.search(...box)).sort((one, other) => one - other);
  }

  /** The `count` items whose boxes are nearest to a position, or all if there are fewer; nearest first. */
  neighbours(x: number, y: number, count: number): number[] {
    return this.#listItems(this.#tree?.neighbors(x, y, count));
  }

  #listItems(entries: readonly number[] = []): number[] {
    return entries.map((entry) => this.#items[entry] ?? 0);
  }
}
