import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Grid, Mask, Raster, RasterContent, Samples, Window } from '../../geo/raster/raster.ts';
import { isFloating, newSamples } from '../../geo/raster/values/data-types.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import type { Part } from './part.ts';

/**
 * All bands of a part, or of the rows of it that the run is about. What its mask leaves out, and the mask of the raster, is
 * nodata where the raster has it, else a mask.
 *
 * @param grid of the part, or of the rows
 */
export async function clippedBands(
  { raster, window, makeMask }: Pick<Part, 'raster' | 'window' | 'makeMask'>,
  grid: Grid,
  context: RunContext,
): Promise<RasterContent> {
  const { dataType, nodata } = requirePresent(raster.bands[0], 'The band');
  const { width, height, transform, crs, strip } = grid;
  const rows: Window = { column: 0, row: strip?.row ?? 0, width, height };
  const inPart = await makeMask?.(rows);
  const isMasked = inPart !== undefined || raster.readMask !== undefined;
  const outside = nodata ?? (isFloating(dataType) ? Number.NaN : 0);
  const bands: Samples[] = [];
  const masks: (Mask | undefined)[] = [];
  for (const index of raster.bands.keys()) {
    const samples = newSamples(dataType, width * height);
    if (outside !== 0) samples.fill(outside);
    const mask = isMasked && nodata === undefined ? new Uint8Array(samples.length) : undefined;
    const place = { ...rows, column: window.column, row: window.row + rows.row };
    await copyBand(raster, index + 1, place, inPart, { samples, mask }, context);
    bands.push(samples);
    masks.push(mask);
  }
  const meaning = keepMeaning(raster, { dataType, samePixels: false }, context);
  const place = { width, height, transform, crs, ...(strip && { strip }) };
  const content = { ...place, dataType, bands, ...meaning };
  return nodata === undefined ? { ...content, masks } : { ...content, nodata };
}

async function copyBand(
  raster: Raster,
  band: number,
  window: Window,
  inPart: Mask | undefined,
  { samples, mask }: { readonly samples: Samples; readonly mask: Mask | undefined },
  context: RunContext,
): Promise<void> {
  const { width } = window;
  const read = (strip: Window) => {
    const source = { ...strip, column: window.column, row: window.row + strip.row };
    return Promise.all([raster.read(band, source), raster.readMask?.(band, source)]);
  };
  const strips = readStrips(window, read, context, `Clipping band ${band}`);
  for await (const [strip, [values, own]] of strips) {
    const start = strip.row * width;
    if (!inPart && !own) {
      samples.set(values, start);
      mask?.fill(1, start, start + values.length);
      continue;
    }
    for (let index = 0; index < values.length; index++) {
      if (inPart?.[start + index] === 0 || own?.[index] === 0) continue;
      samples[start + index] = values[index] ?? Number.NaN;
      if (mask) mask[start + index] = 1;
    }
  }
}
