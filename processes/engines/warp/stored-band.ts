import type { Band, Grid, Samples, Window } from '../raster/raster.ts';
import { newSamples, rangeOfType, roundingOf } from '../raster-values/data-types.ts';
import type { Put } from './resample-strip.ts';

/** A band of the result and the way to put values into it. */
export interface Stored {
  readonly samples: Samples;
  readonly putIn: (part: Window) => Put;
}

/**
 * A band of nodata that values are put into, rounded to its type.
 *
 * @param computed values that by chance are the nodata of the source are moved by one, as in GDAL, if the type is integer
 */
export function storedBand(band: Band, nodata: number, target: Grid, computed: boolean): Stored {
  const samples = newSamples(band.dataType, target.width * target.height).fill(nodata);
  const round = roundingOf(band.dataType);
  const range = rangeOfType(band.dataType);
  const avoided = computed && range ? band.nodata : undefined;
  const instead = avoided === range?.[0] ? nodata + 1 : nodata - 1;
  return {
    samples,
    putIn: (part) => (index, value) => {
      const row = Math.floor(index / part.width);
      const rounded = round(value);
      samples[(part.row + row) * target.width + part.column + index - row * part.width] =
        rounded === avoided ? instead : rounded;
    },
  };
}
