/** How far a claim is: of a part that nobody has, of one that somebody works on or has done. */
const FREE = 0;
const CLAIMED = 1;

/**
 * Parts of a work that several threads take one by one, in shared memory: whoever has time takes the next. Each
 * thread begins at a place of its own and goes on from there, as parts beside one another have much in common.
 *
 * After a failure only parts before it are taken: the failure that is told is that of the first part that has one,
 * however many threads there are.
 */
export class Claims {
  /** A number per part, and behind them that of the first part that failed. */
  readonly memory: Int32Array;
  readonly #count: number;
  #next: number;
  #left: number;

  constructor(memory: Int32Array, thread: number, threads: number) {
    this.memory = memory;
    this.#count = memory.length - 1;
    this.#left = this.#count;
    this.#next = Math.floor((this.#count * thread) / threads);
  }

  /** Shared memory for the claims of so many parts. */
  static allocate(count: number): Int32Array {
    const memory = new Int32Array(new SharedArrayBuffer((count + 1) * 4));
    memory[count] = count;
    return memory;
  }

  /** Number of the part that this thread has taken; undefined when none is left. */
  take(): number | undefined {
    while (this.#left > 0) {
      const part = this.#next;
      this.#next = (part + 1) % this.#count;
      this.#left--;
      if (part < this.bound && Atomics.compareExchange(this.memory, part, FREE, CLAIMED) === FREE)
        return part;
    }
    return undefined;
  }

  /** Parts from here on are of no use. */
  get bound(): number {
    return Atomics.load(this.memory, this.#count);
  }

  /** Tells that a part has failed. */
  fail(part: number): void {
    let bound = this.bound;
    while (part < bound) {
      const found = Atomics.compareExchange(this.memory, this.#count, bound, part);
      if (found === bound) return;
      bound = found;
    }
  }
}
