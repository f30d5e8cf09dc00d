const FIRST_CAPACITY = 1024;

/** No point: the end of a line. */
const NONE = -1;

/** How many points, lines or polygons a result may have. */
export interface PointBudget {
  readonly most: number;
  /** What is thrown where there are more. */
  readonly exceeded: () => Error;
}

/**
 * Points on a grid, each linked to at most two others: lines and rings as they grow, in any order, from both ends. Kept in
 * typed arrays, as there may be millions.
 */
export class LinkedPoints {
  /** In pixels from the outer corner of the first one. */
  columns = new Float64Array(FIRST_CAPACITY);
  rows = new Float64Array(FIRST_CAPACITY);
  /** What the point belongs to: the level of a contour, the label of a region. */
  owners = new Float64Array(FIRST_CAPACITY);
  #links = new Int32Array(2 * FIRST_CAPACITY);
  readonly #budget: PointBudget;
  count = 0;

  constructor(budget: PointBudget) {
    this.#budget = budget;
  }

  /** Refuses points that are about to come before the first of them is made. */
  expect(count: number): void {
    if (this.count + count > this.#budget.most) throw this.#budget.exceeded();
  }

  /** @returns the number of the point */
  add(column: number, row: number, owner: number): number {
    if (this.count === this.columns.length) this.#grow();
    const point = this.count++;
    this.columns[point] = column;
    this.rows[point] = row;
    this.owners[point] = owner;
    this.#links[2 * point] = NONE;
    this.#links[2 * point + 1] = NONE;
    return point;
  }

  /** Joins two points by an edge; a point has two at the most. */
  link(one: number, other: number): void {
    this.#links[this.#links[2 * one] === NONE ? 2 * one : 2 * one + 1] = other;
    this.#links[this.#links[2 * other] === NONE ? 2 * other : 2 * other + 1] = one;
  }

  /**
   * The lines, each as the numbers of its points: those with ends first, then the rings, which end before they repeat their
   * first point; among themselves by their lowest point. Points without a link are in none.
   */
  *lines(): Generator<{ readonly points: readonly number[]; readonly closed: boolean }> {
    const visited = new Uint8Array(this.count);
    for (let point = 0; point < this.count; point++) {
      const isEnd = this.#links[2 * point] !== NONE && this.#links[2 * point + 1] === NONE;
      if (isEnd && visited[point] === 0) yield { points: this.#follow(point, visited), closed: false };
    }
    for (let point = 0; point < this.count; point++) {
      if (this.#links[2 * point] !== NONE && visited[point] === 0)
        yield { points: this.#follow(point, visited), closed: true };
    }
  }

  #follow(start: number, visited: Uint8Array): number[] {
    const points: number[] = [];
    for (let point = start; point !== NONE && visited[point] === 0; ) {
      visited[point] = 1;
      points.push(point);
      const first = this.#links[2 * point] ?? NONE;
      const second = this.#links[2 * point + 1] ?? NONE;
      point = first !== NONE && visited[first] === 0 ? first : second;
    }
    return points;
  }

  #grow(): void {
    const { most, exceeded } = this.#budget;
    if (this.count >= most) throw exceeded();
    const capacity = Math.min(2 * this.count, most);
    const grown = (array: Float64Array) => {
      const larger = new Float64Array(capacity);
      larger.set(array);
      return larger;
    };
    this.columns = grown(this.columns);
    this.rows = grown(this.rows);
    this.owners = grown(this.owners);
    const links = new Int32Array(2 * capacity);
    links.set(this.#links);
    this.#links = links;
  }
}
