const FIRST_CAPACITY = 1024;

/** Disjoint sets of numbers from 0. The least number of a set stands for it. */
export class UnionFind {
  #parents = new Int32Array(FIRST_CAPACITY);
  #count = 0;

  /** Adds a set of one. @returns its number */
  add(): number {
    if (this.#count === this.#parents.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#parents);
      this.#parents = larger;
    }
    this.#parents[this.#count] = this.#count;
    return this.#count++;
  }

  /** The least number of the set of an item. Halves the path to it (Tarjan and van Leeuwen 1984). */
  find(item: number): number {
    const parents = this.#parents;
    let found = item;
    while (parents[found] !== found) {
      // Halves the path for those who come after.
      const above = parents[parents[found] ?? 0] ?? 0;
      parents[found] = above;
      found = above;
    }
    return found;
  }

  /** Merges the sets of two items. */
  unite(one: number, other: number): void {
    const first = this.find(one);
    const second = this.find(other);
    if (first < second) this.#parents[second] = first;
    else this.#parents[first] = second;
  }
}
