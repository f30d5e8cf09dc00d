import { FormatError } from '../../../../core/shared/format-error.ts';

const CLEAR = 256;
const END = 257;
const CODES = 4096;

/**
 * LZW as TIFF 6.0 has it (section 13): codes of 9 to 12 bits, the highest bit first, which grow one code early. Each
 * string is the one before it with a byte more, so it is found in what was written already. The writers of the time before
 * put the lowest bit first and grew in time; a block starts with a code to clear, by which libtiff tells theirs too.
 *
 * @param most bytes after which unpacking ends
 * @throws Error when a code refers to a string that does not exist
 */
export function unpackLzw(bytes: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  const starts = new Uint32Array(CODES);
  const lengths = new Uint32Array(CODES);
  const isOld = bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1;
  const early = isOld ? 0 : 1;
  let written = 0;
  let next = END + 1;
  let bits = 9;
  let held = 0;
  let heldBits = 0;
  let previousStart = -1;
  let previousLength = 0;
  for (let at = 0; written < most; ) {
    while (heldBits < bits && at < bytes.length) {
      const byte = bytes[at++] ?? 0;
      held = isOld ? held | (byte << heldBits) : ((held << 8) | byte) & 0xffffff;
      heldBits += 8;
    }
    if (heldBits < bits) break;
    heldBits -= bits;
    const code = (isOld ? held : held >>> heldBits) & ((1 << bits) - 1);
    if (isOld) held >>>= bits;
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      bits = 9;
      previousStart = -1;
      continue;
    }
    const start = written;
    if (code < CLEAR) output[written++] = code;
    else {
      const isNew = code === next && previousStart >= 0;
      if (code >= next && !isNew) throw new FormatError('an LZW-compressed block is damaged');
      const from = isNew ? previousStart : (starts[code] ?? 0);
      const length = isNew ? previousLength + 1 : (lengths[code] ?? 0);
      // Byte by byte: a new string overlaps with itself.
      for (let index = 0; index < length && written < most; index++)
        output[written++] = output[from + index] ?? 0;
    }
    if (previousStart >= 0 && next < CODES) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
      if (next + early >= 1 << bits && bits < 12) bits++;
    }
    previousStart = start;
    previousLength = written - start;
  }
  return output.subarray(0, written);
}
