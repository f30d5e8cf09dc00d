import type { Band, DataType, Grid, Window } from '../raster.ts';
import { findTypeRange, newSamples } from '../values/data-types.ts';
import { chooseNodata } from '../values/nodata.ts';
import { ResultBand } from '../values/result-band.ts';
import type { PutRow } from './resample-strip.ts';

/** A band of the result and the way to put values into it. */
export interface Stored {
  readonly result: ResultBand;
  readonly putIn: (part: Window) => PutRow;
  readonly missAll: (part: Window) => void;
}

/**
 * A band that values are put into, rounded to its type.
 *
 * @param options.computed values that by chance are the nodata of the source are moved by the least there is, as in GDAL
 * @param options.wanted what is to stand for missing pixels instead of the nodata of the source; no value is moved away from it
 */
export function storedBand(
  { dataType, nodata: own }: Band,
  target: Grid,
  { computed, wanted }: { readonly computed: boolean; readonly wanted?: number | undefined },
): Stored {
  const nodata = chooseNodata(dataType, { wanted, own });
  const isAvoided = computed && wanted === undefined && nodata !== undefined && Number.isFinite(nodata);
  const instead = isAvoided ? nextValue(dataType, nodata) : undefined;
  const result = new ResultBand(dataType, target.width * target.height, nodata, { instead });
  // Rows of a strip that is a part of the work may lie outside.
  const top = target.strip?.row ?? 0;
  const isIn = (row: number) => row >= top && row < top + target.height;
  const findStart = (part: Window, row: number) => (row - top) * target.width + part.column;
  return {
    result,
    putIn: (part) => (row, values) => {
      if (isIn(part.row + row)) result.store(findStart(part, part.row + row), values);
    },
    missAll: (part) => {
      for (let row = part.row; row < part.row + part.height; row++) {
        if (!isIn(row)) continue;
        const start = findStart(part, row);
        result.missAll(start, start + part.width);
      }
    },
  };
}

/** The next value of a data type: one less, or one more at the end of the range. */
function nextValue(dataType: DataType, value: number): number {
  const [least] = findTypeRange(dataType) ?? [];
  if (least !== undefined) return value === least ? value + 1 : value - 1;
  if (value === 0) return dataType === 'float32' ? 2 ** -149 : Number.MIN_VALUE;
  // The bits of floating point are in the order of magnitudes.
  const numbers = newSamples(dataType, 1);
  numbers[0] = value;
  const bits = new DataView(numbers.buffer);
  if (dataType === 'float32') bits.setInt32(0, bits.getInt32(0, true) - 1, true);
  else bits.setBigInt64(0, bits.getBigInt64(0, true) - 1n, true);
  return numbers[0] ?? value;
}
