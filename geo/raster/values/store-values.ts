import { InvalidInput } from '../../../core/shared/errors.ts';
import type { DataType, Samples } from '../raster.ts';
import { defaultNodata, isOfType, rangeOfType, roundingOf } from './data-types.ts';

/** Stores a value in a band of the result; what is not finite, or not so in the data type, is missing. */
export function storingIn(
  samples: Samples,
  dataType: DataType,
  nodata: number,
): (index: number, value: number) => void {
  const round = roundingOf(dataType);
  if (dataType === 'float32') {
    return (index, value) => {
      samples[index] = Number.isFinite(Math.fround(value)) ? value : nodata;
    };
  }
  return (index, value) => {
    samples[index] = Number.isFinite(value) ? round(value) : nodata;
  };
}

/** The same for the first `length` of many values, which go to `start` and the pixels behind it. */
export function storingAllIn(
  samples: Samples,
  dataType: DataType,
  nodata: number,
): (start: number, values: Float64Array, length: number) => void {
  if (samples instanceof Float32Array) {
    return (start, values, length) => {
      for (let index = 0; index < length; index++) {
        const value = Math.fround(values[index]!);
        samples[start + index] = Number.isFinite(value) ? value : nodata;
      }
    };
  }
  const [least, most] = rangeOfType(dataType) ?? [];
  if (least === undefined || most === undefined) {
    return (start, values, length) => {
      for (let index = 0; index < length; index++) {
        const value = values[index]!;
        samples[start + index] = Number.isFinite(value) ? value : nodata;
      }
    };
  }
  // As `roundingOf` does, without a call for each.
  return (start, values, length) => {
    for (let index = 0; index < length; index++) {
      const value = values[index]!;
      const rounded = Math.min(most, Math.max(least, Math.floor(value + 0.5)));
      samples[start + index] = Number.isFinite(value) ? rounded : nodata;
    }
  };
}

/** What nodata is where none is given, unless the data type has no such number. */
export const USUAL_NODATA = -9999;

/**
 * Nodata of a result of a data type. The usual one gives way to the least value of types that do not have it.
 *
 * @throws InvalidInput at /inputs/nodata for any other number that is not of the type
 */
export function nodataOfResult(nodata: number, dataType: DataType): number {
  if (isOfType(dataType, nodata)) return nodata;
  if (nodata === USUAL_NODATA) return defaultNodata(dataType);
  throw new InvalidInput('/inputs/nodata', `is ${nodata}, which no pixel of type ${dataType} can be.`);
}

/** Data type of what is computed from samples of a type: with as many digits as they have, and a fraction. */
export const floatingTypeOf = (dataType: DataType): 'float32' | 'float64' =>
  dataType === 'float64' || dataType === 'int32' || dataType === 'uint32' ? 'float64' : 'float32';
