import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Grid, Mask, Raster, RasterContent, Samples, Window } from '../../geo/raster/raster.ts';
import { isFloating, newSamples } from '../../geo/raster/values/data-types.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import type { Part } from './part.ts';

type Pixels = Pick<RasterContent, 'bands' | 'nodata' | 'masks'>;

/**
 * All bands of a part, or of the rows of it that the run is about. What its mask leaves out, and the mask of the raster, is
 * nodata where the raster has it or it is wanted, else a mask.
 *
 * @param grid of the part, or of the rows
 * @param wanted nodata of the result instead of that of the raster
 * @throws InvalidInput at /inputs/nodata where a pixel that is there has the nodata that is wanted
 */
export async function clippedBands(
  { raster, window, makeMask }: Pick<Part, 'raster' | 'window' | 'makeMask'>,
  grid: Grid,
  wanted: number | undefined,
  context: RunContext,
): Promise<RasterContent> {
  const { dataType } = requirePresent(raster.bands[0], 'The band');
  const { width, height, transform, crs, strip } = grid;
  const rows: Window = { column: 0, row: strip?.row ?? 0, width, height };
  const inPart = await makeMask?.(rows);
  const place = { ...rows, column: window.column, row: window.row + rows.row };
  const pixels =
    wanted === undefined
      ? await copiedBands(raster, place, inPart, context)
      : await markedBands(raster, place, inPart, { wanted, strip }, context);
  const meaning = keepMeaning(raster, { dataType, samePixels: false }, context);
  return { width, height, transform, crs, ...(strip && { strip }), dataType, ...meaning, ...pixels };
}

/** The bands with the nodata of the raster, or masks. */
async function copiedBands(
  raster: Raster,
  window: Window,
  inPart: Mask | undefined,
  context: RunContext,
): Promise<Pixels> {
  const { dataType, nodata } = requirePresent(raster.bands[0], 'The band');
  const isMasked = inPart !== undefined || raster.readMask !== undefined;
  const outside = nodata ?? (isFloating(dataType) ? Number.NaN : 0);
  const bands: Samples[] = [];
  const masks: (Mask | undefined)[] = [];
  for (const index of raster.bands.keys()) {
    const samples = newSamples(dataType, window.width * window.height);
    if (outside !== 0) samples.fill(outside);
    const mask = isMasked && nodata === undefined ? new Uint8Array(samples.length) : undefined;
    await copyBand(raster, index + 1, window, inPart, { samples, mask }, context);
    bands.push(samples);
    masks.push(mask);
  }
  return nodata === undefined ? { bands, masks } : { bands, nodata };
}

/** The bands with a nodata of their own, in place of that of the raster and of masks. */
async function markedBands(
  raster: Raster,
  window: Window,
  inPart: Mask | undefined,
  { wanted, strip: part }: { readonly wanted: number; readonly strip: Grid['strip'] | undefined },
  context: RunContext,
): Promise<Pixels> {
  const { dataType } = requirePresent(raster.bands[0], 'The band');
  const nodata = chooseNodata(dataType, { wanted });
  const results: ResultBand[] = [];
  for (const band of raster.bands.keys()) {
    const result = new ResultBand(dataType, window.width * window.height, nodata);
    const read = (strip: Window) =>
      readValues(raster, band + 1, { ...strip, column: window.column, row: window.row + strip.row });
    for await (const [strip, values] of readStrips(window, read, context, `Clipping band ${band + 1}`)) {
      const start = strip.row * strip.width;
      if (inPart)
        for (let index = 0; index < values.length; index++)
          if (inPart[start + index] === 0) values[index] = Number.NaN;
      result.store(start, values);
    }
    results.push(result);
  }
  return settleBands(results, true, { pointer: raster.pointer, ...(part && { strip: part }) });
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
