import type { Source as TiffSource } from '@cogeotiff/core';
import type { Source } from '../../../../core/run/context.ts';
import { FormatError, SourceFailure } from '../../../../core/shared/format-error.ts';

/** Bytes that are read at once where headers are looked for; a multiple keeps neighbouring tags together. */
const CHUNK = 64 * 1024;
/** Chunks of headers that are kept. */
const KEPT = 32;
/** Bytes that one tag may have: offsets of four million blocks. */
const LARGEST_TAG = 32 * 1024 * 1024;

/**
 * The bytes of a file as the reader of headers asks for them: small pieces, often next to each other. They are read in
 * chunks that are kept, so a header costs one or two requests.
 */
export class HeaderSource implements TiffSource {
  readonly url = new URL('memory:raster');
  readonly metadata: { readonly size?: number };
  readonly #source: Source;
  readonly #chunks = new Map<number, Promise<Uint8Array>>();

  /** A source whose size has been asked for. */
  static async open(source: Source): Promise<HeaderSource> {
    return new HeaderSource(source, await source.size());
  }

  private constructor(source: Source, size: number | undefined) {
    this.#source = source;
    this.metadata = size === undefined ? {} : { size };
  }

  /** @returns fewer bytes than asked for at the end of the file. */
  async fetch(offset: number, length = CHUNK): Promise<ArrayBuffer> {
    const { size } = this.metadata;
    if (!Number.isSafeInteger(offset) || offset < 0 || (size !== undefined && offset >= size))
      throw new FormatError(`it refers to byte ${offset}, which is beyond its end`);
    if (!(length >= 0 && length <= LARGEST_TAG)) throw new FormatError(`it has a tag of ${length} bytes`);
    const first = Math.floor(offset / CHUNK);
    const last = Math.floor((offset + Math.max(0, length - 1)) / CHUNK);
    const bytes =
      last - first < 2
        ? Buffer.concat(await Promise.all(range(first, last).map((index) => this.#chunk(index))))
        : await this.#read(first * CHUNK, offset + length - first * CHUNK);
    const start = offset - first * CHUNK;
    // A copy: readers look at the whole buffer behind an array.
    return new Uint8Array(bytes.subarray(start, start + length)).buffer;
  }

  /** The library that asks for bytes must not take what the network says for damage of the file. */
  async #read(offset: number, length: number): Promise<Uint8Array> {
    try {
      return await this.#source.read(offset, length);
    } catch (cause) {
      throw new SourceFailure(cause);
    }
  }

  #chunk(index: number): Promise<Uint8Array> {
    const kept = this.#chunks.get(index) ?? this.#read(index * CHUNK, CHUNK);
    this.#chunks.delete(index);
    this.#chunks.set(index, kept);
    const oldest = this.#chunks.keys().next().value;
    if (this.#chunks.size > KEPT && oldest !== undefined) this.#chunks.delete(oldest);
    return kept;
  }
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
