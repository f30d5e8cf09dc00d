import { InvalidInput } from '../../../core/shared/errors.ts';
import type { DataType } from '../raster.ts';
import { fitsType, isFloating } from './data-types.ts';

/** Nodata of floating-point results that are computed, as GDAL's programs declare it. */
export const defaultNodata = -9999;

/** What may say which number stands for the missing pixels of a result. */
export interface NodataSources {
  /** The input `nodata`. */
  readonly wanted?: number | undefined;
  /** Nodata of the raster that the result is made from. */
  readonly own?: number | undefined;
  /** The values are computed, not copied: floating point then has the default of GDAL. */
  readonly computed?: boolean;
}

/**
 * The number that is to stand for missing pixels, if no pixel that is there has it: the wanted one, else that of the
 * source if pixels of the data type can have it, else the default for what is computed. Undefined where there is none: then
 * a mask says what is missing.
 *
 * @throws InvalidInput at /inputs/nodata for a number that no pixel of the data type can have
 */
export function chooseNodata(
  dataType: DataType,
  { wanted, own, computed }: NodataSources,
): number | undefined {
  if (wanted !== undefined) {
    if (canHold(dataType, wanted)) return asStored(dataType, wanted);
    throw new InvalidInput(
      '/inputs/nodata',
      `is ${wanted}, which is not a value that the data type ${dataType} can hold.`,
    );
  }
  if (own !== undefined && canHold(dataType, own)) return asStored(dataType, own);
  return computed && isFloating(dataType) ? defaultNodata : undefined;
}

/** Whether pixels can have a value; single precision may round it, but not to infinity. */
export const canHold = (dataType: DataType, value: number): boolean =>
  fitsType(dataType, value) &&
  !(dataType === 'float32' && Number.isFinite(value) && !Number.isFinite(Math.fround(value)));

const asStored = (dataType: DataType, value: number): number =>
  dataType === 'float32' ? Math.fround(value) : value;

/** @throws InvalidInput at /inputs/nodata: a pixel that is there must not become missing */
export function refuseNodata(nodata: number, count: number): never {
  const pixels = count === 1 ? '1 pixel of the result has' : `${count} pixels of the result have`;
  throw new InvalidInput(
    '/inputs/nodata',
    `is ${nodata}, which ${pixels} as a valid value. Give a value that no pixel has, or omit it: missing pixels are then marked by a mask if necessary.`,
  );
}
