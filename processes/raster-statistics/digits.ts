import type { DataType, Samples } from '../../geo/raster/raster.ts';
import { findTypeRange, newSamples } from '../../geo/raster/values/data-types.ts';

/** Values that a digit of an order has: its bits are 16. */
export const DIGIT_VALUES = 1 << 16;

const SIGN = 0x8000_0000;

/**
 * Numbers of a data type as digits of 16 bits, the first of which counts most: numbers are in the order of their digits.
 */
export interface Order {
  /** How many digits a number has. */
  readonly digits: number;
  /** A digit, from 0 on, of each of some samples. */
  read(samples: Samples, digit: number): Uint16Array;
  /** The number that has all these digits. */
  number(digits: readonly number[]): number;
}

export const orderOf = (dataType: DataType): Order => {
  if (dataType === 'float32' || dataType === 'float64') return orderOfBits(dataType);
  const [least, most] = findTypeRange(dataType) ?? [0, 0];
  const digits = most - least < DIGIT_VALUES ? 1 : 2;
  const divide = (digit: number) => (digits === 2 && digit === 0 ? DIGIT_VALUES : 1);
  return {
    digits,
    read: (samples, digit) => {
      const by = divide(digit);
      const read = new Uint16Array(samples.length);
      // The array keeps the last 16 bits.
      for (let index = 0; index < samples.length; index++) read[index] = ((samples[index] ?? 0) - least) / by;
      return read;
    },
    number: ([first = 0, second = 0]) => (digits === 1 ? first : first * DIGIT_VALUES + second) + least,
  };
};

/** Of floating point: its bits have its order once those of negative numbers are turned around. */
function orderOfBits(dataType: 'float32' | 'float64'): Order {
  const words = newSamples(dataType, 1).BYTES_PER_ELEMENT / Uint32Array.BYTES_PER_ELEMENT;
  return {
    digits: 2 * words,
    read: ({ buffer, byteOffset, length }, digit) => {
      const bits = new Uint32Array(buffer, byteOffset, length * words);
      const read = new Uint16Array(length);
      // The word with the sign is the last one.
      const at = words - 1 - (digit >> 1);
      const shift = digit % 2 === 0 ? 16 : 0;
      for (let index = 0; index < length; index++) {
        const turn = (bits[index * words + words - 1] ?? 0) & SIGN ? 0xffff_ffff : digit >> 1 ? 0 : SIGN;
        read[index] = ((bits[index * words + at] ?? 0) ^ turn) >>> shift;
      }
      return read;
    },
    number: (digits) => {
      const wordAt = (word: number) => (digits[2 * word] ?? 0) * DIGIT_VALUES + (digits[2 * word + 1] ?? 0);
      const isNegative = (digits[0] ?? 0) * DIGIT_VALUES < SIGN;
      const bits = Uint32Array.from({ length: words }, (_, index) => {
        const word = words - 1 - index;
        return wordAt(word) ^ (isNegative ? 0xffff_ffff : word === 0 ? SIGN : 0);
      });
      const [number = 0] =
        dataType === 'float32' ? new Float32Array(bits.buffer) : new Float64Array(bits.buffer);
      return number;
    },
  };
}
