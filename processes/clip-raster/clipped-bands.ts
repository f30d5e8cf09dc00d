import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Mask, Raster, RasterContent, Samples, Window } from '../../geo/raster/raster.ts';
import { isFloating, newSamples } from '../../geo/raster/values/data-types.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import type { Part } from './part.ts';

/** All bands of a part. What its mask leaves out, and the mask of the raster, is nodata where the raster has it, else a mask. */
export async function clippedBands(raster: Raster, part: Part, context: RunContext): Promise<RasterContent> {
  const { dataType, nodata } = requirePresent(raster.bands[0], 'The band');
  const { width, height, transform, crs } = part.grid;
  const isMasked = part.mask !== undefined || raster.readMask !== undefined;
  const outside = nodata ?? (isFloating(dataType) ? Number.NaN : 0);
  const bands: Samples[] = [];
  const masks: (Mask | undefined)[] = [];
  for (const index of raster.bands.keys()) {
    const samples = newSamples(dataType, width * height);
    if (outside !== 0) samples.fill(outside);
    const mask = isMasked && nodata === undefined ? new Uint8Array(samples.length) : undefined;
    await copyBand(raster, index + 1, part, { samples, mask }, context);
    bands.push(samples);
    masks.push(mask);
  }
  const meaning = keepMeaning(raster, { dataType, samePixels: false }, context);
  const content = { width, height, transform, crs, dataType, bands, ...meaning };
  return nodata === undefined ? { ...content, masks } : { ...content, nodata };
}

async function copyBand(
  raster: Raster,
  band: number,
  { grid, window, mask: inPart }: Part,
  { samples, mask }: { readonly samples: Samples; readonly mask: Mask | undefined },
  context: RunContext,
): Promise<void> {
  // The result begins at the window unless it has the grid of the raster.
  const whole = grid.width === raster.width && grid.height === raster.height;
  const [left, top] = whole ? [window.column, window.row] : [0, 0];
  const read = (strip: Window) => {
    const source = { ...strip, column: window.column, row: window.row + strip.row };
    return Promise.all([raster.read(band, source), raster.readMask?.(band, source)]);
  };
  const strips = readStrips(window, read, context, `Clipping band ${band}`);
  for await (const [strip, [values, own]] of strips) {
    for (let row = 0; row < strip.height; row++) {
      const from = row * window.width;
      const inWindow = (strip.row + row) * window.width;
      const to = (top + strip.row + row) * grid.width + left;
      if (!inPart && !own) {
        samples.set(values.subarray(from, from + window.width), to);
        mask?.fill(1, to, to + window.width);
        continue;
      }
      for (let column = 0; column < window.width; column++) {
        if (inPart?.[inWindow + column] === 0 || own?.[from + column] === 0) continue;
        samples[to + column] = values[from + column] ?? Number.NaN;
        if (mask) mask[to + column] = 1;
      }
    }
  }
}
