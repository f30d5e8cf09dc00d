import type { RunContext } from '../../core/processes/declaration.ts';
import type { Raster, RasterContent, Samples } from '../engines/raster/raster.ts';
import { defaultNodata, newSamples } from '../engines/raster-values/data-types.ts';
import { stripsOf } from '../engines/raster-values/strips.ts';
import type { Part } from './part.ts';

/** All bands of a part, with nodata where its mask leaves pixels out. */
export async function clippedBands(raster: Raster, part: Part, context: RunContext): Promise<RasterContent> {
  const { dataType, nodata = (part.mask ?? raster.readMask) && defaultNodata(dataType) } = raster.bands[0]!;
  const { width, height, transform, crs } = part.grid;
  const bands: Samples[] = [];
  for (const index of raster.bands.keys()) {
    const samples = newSamples(dataType, width * height);
    if (nodata !== undefined) samples.fill(nodata);
    await copyBand(raster, index + 1, part, samples, context);
    bands.push(samples);
  }
  return { width, height, transform, crs, dataType, bands, ...(nodata === undefined ? {} : { nodata }) };
}

async function copyBand(
  raster: Raster,
  band: number,
  { grid, window, mask }: Part,
  samples: Samples,
  context: RunContext,
): Promise<void> {
  // The result begins at the window unless it has the grid of the raster.
  const whole = grid.width === raster.width && grid.height === raster.height;
  const [left, top] = whole ? [window.column, window.row] : [0, 0];
  for await (const strip of stripsOf(window, context, `Clipping band ${band}`)) {
    const source = { ...strip, column: window.column, row: window.row + strip.row };
    const read = await raster.read(band, source);
    const own = await raster.readMask?.(source);
    for (let index = 0; index < read.length; index++) {
      const column = index % window.width;
      const row = strip.row + Math.floor(index / window.width);
      if (mask?.[row * window.width + column] === 0 || own?.[index] === 0) continue;
      samples[(top + row) * grid.width + left + column] = read[index]!;
    }
  }
}
