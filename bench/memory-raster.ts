import { requirePresent } from '../core/shared/require-present.ts';
import type { Raster, RasterContent, Samples, Window } from '../geo/raster/raster.ts';

/** A raster whose samples are in memory already, so that reading costs a copy. */
export function memoryRaster(content: RasterContent): Raster {
  const { width, height, transform, crs, dataType, nodata, bands } = content;
  const band = { dataType, ...(nodata === undefined ? {} : { nodata }) };
  const all: Window = { column: 0, row: 0, width, height };
  return {
    pointer: '/inputs/raster',
    width,
    height,
    transform,
    crs,
    bands: bands.map(() => band),
    read: async (number, window = all) =>
      copyWindow(requirePresent(bands[number - 1], 'The band'), width, window),
  };
}

function copyWindow(samples: Samples, across: number, { column, row, width, height }: Window): Samples {
  if (width === across) return samples.slice(row * across, (row + height) * across);
  const part = samples.slice(0, width * height);
  for (let line = 0; line < height; line++) {
    const start = (row + line) * across + column;
    part.set(samples.subarray(start, start + width), line * width);
  }
  return part;
}
