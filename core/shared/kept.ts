/**
 * What was made before, by a text: for what depends on a deployment alone, so that a function makes it once in its life.
 * When more than the given number are kept all are forgotten, which bounds the memory whatever clients ask for.
 */
export class Kept<T> {
  readonly #made = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** What was made for a key. */
  find(key: string): T | undefined {
    return this.#made.get(key);
  }

  /** What was made for a key, or what is made now. */
  get(key: string, make: () => T): T {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#made.size >= this.#most) this.#made.clear();
    this.#made.set(key, made);
    return made;
  }
}
