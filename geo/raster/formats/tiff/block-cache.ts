import type { Samples } from '../../raster.ts';

/** Bytes of unpacked blocks that are kept. */
const KEPT = 96 * 1024 * 1024;

/** The blocks that were used last. */
export class BlockCache {
  readonly #blocks = new Map<number, Samples>();
  #bytes = 0;

  /** The pixels of a block, if they are still kept. */
  get(index: number): Samples | undefined {
    const block = this.#blocks.get(index);
    if (!block) return undefined;
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  /** Keeps the pixels of a block, and drops those that were used least recently. */
  put(index: number, block: Samples): void {
    if (block.byteLength > KEPT / 2 || this.#blocks.has(index)) return;
    this.#blocks.set(index, block);
    this.#bytes += block.byteLength;
    for (const [oldest, { byteLength }] of this.#blocks) {
      if (this.#bytes <= KEPT) return;
      this.#blocks.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
