import { itemAt } from '../../core/shared/item-at.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { type Entry, SpatialIndex } from '../layer/spatial-index.ts';

const TURNS = [-360, 0, 360];

/** Items by boxes of longitudes and latitudes, around the globe. */
export class GlobeIndex<T extends { readonly box: Bounds }> {
  readonly #items: readonly T[];
  readonly #index: SpatialIndex;
  /** By this longitudes are shortened, so that "nearest in degrees" is about right where the data is. */
  readonly #scale: number;

  /** @param items whose boxes have their west in [-180, 180). */
  constructor(items: readonly T[]) {
    this.#items = items;
    let [south, north] = [90, -90];
    for (const { box } of items) {
      south = Math.min(south, box[1]);
      north = Math.max(north, box[3]);
    }
    this.#scale = Math.max(0.1, Math.cos((((south + north) / 2) * Math.PI) / 180));
    this.#index = SpatialIndex.of(items.map(({ box }, item): Entry => [item, this.#scaled(box, 0)]));
  }

  get size(): number {
    return this.#items.length;
  }

  #scaled([west, south, east, north]: Bounds, turn: number): Bounds {
    return [(west + turn) * this.#scale, south, (east + turn) * this.#scale, north];
  }

  /** Items whose boxes meet the box, also across the antimeridian, in order. */
  search(box: Bounds): T[] {
    const found = TURNS.flatMap((turn) => this.#index.search(this.#scaled(box, turn)));
    return [...new Set(found)].sort((one, other) => one - other).map((item) => itemAt(this.#items, item));
  }

  /** At least `count` items near a place, or all if there are fewer; by degrees, so not always the nearest. */
  neighbours(longitude: number, latitude: number, count: number): T[] {
    const turns = longitude > 90 ? [0, -360] : longitude < -90 ? [0, 360] : [0];
    const found = turns.flatMap((turn) =>
      this.#index.neighbours((longitude + turn) * this.#scale, latitude, count),
    );
    return [...new Set(found)].map((item) => itemAt(this.#items, item));
  }
}
