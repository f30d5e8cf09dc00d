/** Bytes written one after the other into memory that grows with them. */
export class GrowingBytes {
  #memory: Uint8Array;
  #length = 0;

  /** @param expected about how many bytes there will be: what is known need not be copied while it grows */
  constructor(expected = 4096) {
    this.#memory = new Uint8Array(expected);
  }

  /** What has been written; a view. */
  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.#length);
  }

  /** Number of bytes that have been written. */
  get length(): number {
    return this.#length;
  }

  /** Copies bytes to the end. */
  append(bytes: Uint8Array): void {
    const at = this.#length;
    this.#length += bytes.length;
    if (this.#length > this.#memory.length) {
      const grown = new Uint8Array(Math.max(this.#memory.length * 2, this.#length, 4096));
      grown.set(this.#memory.subarray(0, at));
      this.#memory = grown;
    }
    this.#memory.set(bytes, at);
  }
}
