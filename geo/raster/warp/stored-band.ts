import type { Band, Grid, Samples, Window } from '../raster.ts';
import { newSamples, rangeOfType, roundingOf } from '../values/data-types.ts';
import type { PutRow } from './resample-strip.ts';

/** A band of the result and the way to put values into it. */
export interface Stored {
  readonly samples: Samples;
  readonly putIn: (part: Window) => PutRow;
}

/**
 * A band of nodata that values are put into, rounded to its type.
 *
 * @param computed values that by chance are the nodata of the source are moved by one, as in GDAL, if the type is integer
 */
export function storedBand(band: Band, nodata: number, target: Grid, computed: boolean): Stored {
  const samples = newSamples(band.dataType, target.width * target.height).fill(nodata);
  const range = rangeOfType(band.dataType);
  const store = range ? integersInto(samples, band, nodata, computed, range[0]) : numbersInto(samples);
  return {
    samples,
    putIn: (part) => (row, values) => store((part.row + row) * target.width + part.column, values),
  };
}

/** Stores the values that are not NaN from a place on. */
type Store = (start: number, values: Float64Array) => void;

const numbersInto =
  (samples: Samples): Store =>
  (start, values) => {
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if (!Number.isNaN(value)) samples[start + index] = value;
    }
  };

function integersInto(samples: Samples, band: Band, nodata: number, computed: boolean, least: number): Store {
  const round = roundingOf(band.dataType);
  const avoided = computed ? band.nodata : undefined;
  const instead = avoided === least ? nodata + 1 : nodata - 1;
  return (start, values) => {
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if (Number.isNaN(value)) continue;
      const rounded = round(value);
      samples[start + index] = rounded === avoided ? instead : rounded;
    }
  };
}
