import type { RunContext } from '../../core/run/context.ts';
import type { Raster, RasterContent, Samples, Window } from '../../geo/raster/raster.ts';
import { defaultNodata, newSamples } from '../../geo/raster/values/data-types.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
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
  const read = (strip: Window) => {
    const source = { ...strip, column: window.column, row: window.row + strip.row };
    return Promise.all([raster.read(band, source), raster.readMask?.(source)]);
  };
  const strips = readStrips(window, read, context, `Clipping band ${band}`);
  for await (const [strip, [values, own]] of strips) {
    for (let row = 0; row < strip.height; row++) {
      const from = row * window.width;
      const inWindow = (strip.row + row) * window.width;
      const to = (top + strip.row + row) * grid.width + left;
      for (let column = 0; column < window.width; column++) {
        if (mask?.[inWindow + column] === 0 || own?.[from + column] === 0) continue;
        samples[to + column] = values[from + column]!;
      }
    }
  }
}
