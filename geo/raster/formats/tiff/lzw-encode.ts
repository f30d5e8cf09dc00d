const CLEAR = 256;
const END = 257;
/** The code after which the table is begun anew; the last ones are never used (TIFF 6.0, section 13). */
const LAST = 4093;

/** By the code of a string and the byte after it: the code of both together, or 0. One for all blocks, as it is large. */
let table: Uint16Array | undefined;

/** Packs bytes with the LZW of TIFF: codes of 9 to 12 bits, the highest bit first, which grow one code early. */
export function packLzw(bytes: Uint8Array): Uint8Array {
  const output = new BitWriter(bytes.length);
  table ??= new Uint16Array((LAST + 1) << 8);
  table.fill(0);
  let next = END + 1;
  let bits = 9;
  let code = -1;
  output.write(CLEAR, bits);
  for (const byte of bytes) {
    if (code < 0) {
      code = byte;
      continue;
    }
    const key = (code << 8) | byte;
    if ((table[key] ?? 0) !== 0) {
      code = table[key] ?? 0;
      continue;
    }
    output.write(code, bits);
    table[key] = next++;
    if (next === 1 << bits) bits++;
    if (next > LAST) {
      output.write(CLEAR, bits);
      table.fill(0);
      next = END + 1;
      bits = 9;
    }
    code = byte;
  }
  if (code >= 0) {
    output.write(code, bits);
    // The reader adds a string for the last code too, and may need a bit more for the end.
    if (next + 1 === 1 << bits && bits < 12) bits++;
  }
  output.write(END, bits);
  return output.bytes();
}

class BitWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #held = 0;
  #heldBits = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected + 16);
  }

  write(code: number, bits: number): void {
    this.#held = ((this.#held << bits) | code) & 0xffffff;
    this.#heldBits += bits;
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8;
      this.#put((this.#held >>> this.#heldBits) & 0xff);
    }
  }

  bytes(): Uint8Array {
    if (this.#heldBits > 0) this.#put((this.#held << (8 - this.#heldBits)) & 0xff);
    this.#heldBits = 0;
    return this.#bytes.subarray(0, this.#length);
  }

  #put(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(this.#length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = byte;
  }
}
