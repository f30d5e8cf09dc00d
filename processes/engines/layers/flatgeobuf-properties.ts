import type { Column } from './columns.ts';
import type { LayerFeature } from './layer.ts';

/** Writes the properties of features, one after the other into the same memory. */
export class PropertyWriter {
  readonly #columns: readonly Column[];
  #bytes = Buffer.alloc(1024);
  #length = 0;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  /** @returns pairs of column number and value, nulls left out; a view that the next call overwrites. */
  write(feature: LayerFeature): Uint8Array {
    this.#length = 0;
    for (let index = 0; index < this.#columns.length; index++) {
      const { type, read } = this.#columns[index]!;
      const value = read(feature);
      if (value === null) continue;
      const at = this.#room(2);
      this.#bytes.writeUInt16LE(index, at);
      this.#value(type, value);
    }
    return this.#bytes.subarray(0, this.#length);
  }

  #value(type: Column['type'], value: unknown): void {
    switch (type) {
      case 'boolean':
        this.#bytes.writeUInt8(value ? 1 : 0, this.#room(1));
        return;
      case 'integer':
        this.#integer(value as number, this.#room(8));
        return;
      case 'number':
        this.#bytes.writeDoubleLE(value as number, this.#room(8));
        return;
      default: {
        const size = Buffer.byteLength(value as string);
        const at = this.#room(4 + size);
        this.#bytes.writeUInt32LE(size, at);
        this.#bytes.write(value as string, at + 4);
      }
    }
  }

  /** In two halves: 64 bits at once take a BigInt for each. */
  #integer(value: number, at: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.#bytes.writeUInt32LE(value - high * 2 ** 32, at);
    this.#bytes.writeInt32LE(high, at + 4);
  }

  /** Where so many bytes can be written. */
  #room(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    return at;
  }
}
