/** What a click or a key does to the selection. */
export type Gesture = 'only' | 'toggle' | 'range';

/** Rows that are selected, and the one from which a range begins. Rows are numbers of features, places those in the table. */
export class Selection {
  readonly rows = new Set<number>();
  #from = 0;

  /** @param order numbers of the rows by place. */
  apply(gesture: Gesture, place: number, order: Uint32Array): void {
    const row = order[place];
    if (row === undefined) return;
    if (gesture === 'toggle') {
      if (!this.rows.delete(row)) this.rows.add(row);
      this.#from = place;
      return;
    }
    this.rows.clear();
    if (gesture === 'only') {
      this.rows.add(row);
      this.#from = place;
      return;
    }
    const [first, last] = [Math.min(place, this.#from), Math.max(place, this.#from)];
    for (const between of order.subarray(first, last + 1)) this.rows.add(between);
  }

  replace(rows: Iterable<number>): void {
    this.rows.clear();
    for (const row of rows) this.rows.add(row);
  }
}
