import { FormatError } from '../../../../core/shared/format-error.ts';
import type { Samples } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { countBandsOfBlock, type Layout } from './image-layout.ts';
import { unpredict } from './unpredict.ts';

/** The samples of a block in the data type of the image, from its unpacked bytes, which may be changed. */
export function decodeSamples(bytes: Uint8Array, layout: Layout): Samples {
  const { encoding } = layout;
  if (encoding === 'bits') return decodeBits(bytes, layout);
  unpredict(bytes, layout);
  if (encoding === 'plain') return plainSamples(bytes, layout);
  if (encoding === 'half') return Float32Array.from(toWords(bytes), halfValue);
  if (encoding === 'threeQuarters') return threeQuarterValues(bytes);
  return toDoubles(bytes, encoding === 'int64');
}

function plainSamples(bytes: Uint8Array, { dataType, bitsPerSample }: Layout): Samples {
  const array = newSamples(dataType, 0).constructor as new (...view: unknown[]) => Samples;
  return new array(bytes.buffer, bytes.byteOffset, (bytes.length * 8) / bitsPerSample);
}

/**
 * Samples of so many bits, the highest first; rows begin with whole bytes. Those of 24 bits are the other way round in
 * big-endian files, as GDAL has them.
 */
function decodeBits(bytes: Uint8Array, layout: Layout): Samples {
  const { bitsPerSample: bits, blockWidth, dataType, littleEndian } = layout;
  const across = blockWidth * countBandsOfBlock(layout);
  const rowBytes = Math.ceil((across * bits) / 8);
  const rows = Math.floor(bytes.length / rowBytes);
  const samples = newSamples(dataType, across * rows);
  for (let row = 0; row < rows; row++) {
    let at = row * rowBytes;
    let held = 0;
    let value = 0;
    for (let index = row * across; index < (row + 1) * across; index++) {
      if (bits === 24 && !littleEndian) {
        samples[index] = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x1_0000;
        at += 3;
        continue;
      }
      while (held < bits) {
        value = value * 256 + (bytes[at++] ?? 0);
        held += 8;
      }
      // Up to 39 bits are held, too many for operators on bits.
      held -= bits;
      const rest = 2 ** held;
      const sample = Math.floor(value / rest);
      samples[index] = sample;
      value -= sample * rest;
    }
  }
  return samples;
}

const toWords = (bytes: Uint8Array): Uint16Array =>
  new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);

/** A number of half precision (IEEE 754 binary16). */
function halfValue(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Numbers of 24 bits (TIFF technical note 3): a sign, seven bits of exponent, sixteen of fraction. */
function threeQuarterValues(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(Math.floor(bytes.length / 3));
  for (let index = 0, at = 0; index < values.length; index++, at += 3) {
    const head = bytes[at + 2] ?? 0;
    const sign = head & 0x80 ? -1 : 1;
    const exponent = head & 0x7f;
    const fraction = (bytes[at + 1] ?? 0) * 256 + (bytes[at] ?? 0);
    if (exponent === 0) values[index] = sign * fraction * 2 ** -78;
    else if (exponent === 127) values[index] = fraction === 0 ? sign * Infinity : Number.NaN;
    else values[index] = sign * (1 + fraction / 65_536) * 2 ** (exponent - 63);
  }
  return values;
}

/** Integers of 64 bits as doubles. @throws FormatError for those that doubles do not have */
function toDoubles(bytes: Uint8Array, signed: boolean): Float64Array {
  const length = bytes.length >> 3;
  const wholes = signed
    ? new BigInt64Array(bytes.buffer, bytes.byteOffset, length)
    : new BigUint64Array(bytes.buffer, bytes.byteOffset, length);
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const value = Number(wholes[index] ?? 0n);
    if (!Number.isSafeInteger(value) && BigInt(value) !== wholes[index])
      throw new FormatError(
        `it has the pixel value ${wholes[index]}, which 64-bit floating point, in which its integers are processed, cannot represent exactly; write it with values from -2^53 to 2^53, for example by subtracting an offset with gdal_calc.py`,
      );
    values[index] = value;
  }
  return values;
}
