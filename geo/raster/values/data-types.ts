import type { DataType, Samples } from '../raster.ts';

interface DataTypeFacts {
  readonly samples: (length: number) => Samples;
  /** Least and greatest value of an integer type; undefined for floating point. */
  readonly range: readonly [least: number, most: number] | undefined;
}

const facts: Readonly<Record<DataType, DataTypeFacts>> = {
  uint8: { samples: (length) => new Uint8Array(length), range: [0, 255] },
  int8: { samples: (length) => new Int8Array(length), range: [-128, 127] },
  uint16: { samples: (length) => new Uint16Array(length), range: [0, 65_535] },
  int16: { samples: (length) => new Int16Array(length), range: [-32_768, 32_767] },
  uint32: { samples: (length) => new Uint32Array(length), range: [0, 4_294_967_295] },
  int32: { samples: (length) => new Int32Array(length), range: [-2_147_483_648, 2_147_483_647] },
  float32: { samples: (length) => new Float32Array(length), range: undefined },
  float64: { samples: (length) => new Float64Array(length), range: undefined },
};

/** An array for samples of a type, all zero. */
export const newSamples = (dataType: DataType, length: number): Samples => facts[dataType].samples(length);

/** Least and greatest integer of an integer type; undefined for floating point. */
export const findTypeRange = (dataType: DataType): readonly [least: number, most: number] | undefined =>
  facts[dataType].range;

/** Whether a type is floating point. */
export const isFloating = (dataType: DataType): boolean => facts[dataType].range === undefined;

/** Whether samples of a type can be this number. Floating point holds all numbers, if not all of their digits. */
export function fitsType(dataType: DataType, value: number): boolean {
  const { range } = facts[dataType];
  return !range || (Number.isInteger(value) && value >= range[0] && value <= range[1]);
}

/** Rounds a number to the nearest integer (halves up) within the range of an integer type; others pass. */
export function makeRounding(dataType: DataType): (value: number) => number {
  const { range } = facts[dataType];
  if (!range) return (value) => value;
  const [least, most] = range;
  return (value) => Math.min(most, Math.max(least, Math.floor(value + 0.5)));
}

/** Whether samples may be NaN. */
export const isFloatingSamples = (samples: Samples): boolean =>
  samples instanceof Float32Array || samples instanceof Float64Array;

/** Data type of what is computed from samples of a type: with as many digits as they have, and a fraction. */
export const chooseFloatingType = (dataType: DataType): 'float32' | 'float64' =>
  dataType === 'float64' || dataType === 'int32' || dataType === 'uint32' ? 'float64' : 'float32';

/** Bytes of the samples that limits of pixels are about. */
const USUAL_BYTES = 4;

/** How many pixels of four bytes one of a result counts for: the memory for results of long numbers and many bands is larger. */
export const weighPixel = (dataType: DataType, bands = 1): number =>
  bands * Math.max(1, newSamples(dataType, 0).BYTES_PER_ELEMENT / USUAL_BYTES);
