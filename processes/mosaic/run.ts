import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { greatest } from '../../core/shared/arrays.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { gridWithinTurn, rastersBesideFirst } from '../../geo/raster/grid/longitudes.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { DataType, Grid, Raster } from '../../geo/raster/raster.ts';
import { dividedGrid } from '../../geo/raster/strip.ts';
import { chooseFloatingType, weighPixel } from '../../geo/raster/values/data-types.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { tellLosses } from '../../geo/raster/values/type-losses.ts';
import { checkSameQuantities, mergedMeaning } from './merged-meaning.ts';
import { type Method, merges } from './merges.ts';
import { computePlacement, mosaicGrid, type Placement } from './mosaic-grid.ts';
import type declaration from './process.ts';

/** Lays the rasters over each other, band by band and strip by strip. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await Promise.all(inputs.rasters.map((source) => openWholeRaster(source, context)));
  const rasters = rastersBesideFirst(opened);
  const whole = mosaicGrid(rasters);
  checkSameQuantities(rasters);
  const first = requirePresent(rasters[0], 'The first raster');
  const own = requirePresent(first.bands[0], 'The band');
  const isMean = inputs.method === 'mean';
  const dataType = isMean ? chooseFloatingType(own.dataType) : own.dataType;
  const bandCount = first.bands.length;
  const grid = dividedGrid(whole, context, sizeOf(whole, rasters, dataType));
  // A part reads of each raster what lies in it.
  if (!grid.strip) for (const raster of rasters) checkPixels(raster, undefined, context, bandCount);
  checkPixelCount(grid.width * grid.height * bandCount, '/inputs/rasters', context);

  // A mean may by chance be what is nodata among integers.
  const wanted = inputs.nodata;
  const nodata = chooseNodata(dataType, { wanted, ...(isMean ? { computed: true } : { own: own.nodata }) });
  const placements = rasters.map((raster) => withinRows(computePlacement(raster, whole), grid));
  const results: ResultBand[] = [];
  for (let band = 1; band <= bandCount; band++) {
    const result = new ResultBand(dataType, grid.width * grid.height, nodata);
    result.store(0, await mergedBand(rasters, placements, band, grid, inputs.method, context));
    results.push(result);
  }
  const losses = results.map((result) => result.losses);
  tellLosses(losses, dataType, context);
  const meaning = mergedMeaning(rasters, dataType, context);
  const pixels = settleBands(results, wanted !== undefined, {
    pointer: '/inputs/rasters',
    ...(grid.strip && grid),
  });
  const content = { ...gridWithinTurn(grid), dataType, ...meaning, ...pixels };
  return { result: await writeRaster(content, context.format('result')) };
};

/** What the work asks of each part: the pixels of the result, and those of all rasters, where they are more. */
function sizeOf({ width, height }: Grid, rasters: readonly Raster[], dataType: DataType) {
  const wanted = width * height;
  const own = rasters.map((raster) => raster.width * raster.height);
  const effort = own.reduce((sum, pixels) => sum + pixels, 0) / wanted;
  const bandCount = rasters[0]?.bands.length ?? 1;
  return { weight: weighPixel(dataType, bandCount), pixels: greatest([wanted, ...own]), effort };
}

/** The rows of a placement that lie in the strip that the run is about, counted from its first one. */
function withinRows({ columns, rows }: Placement, { strip, height }: Grid): Placement {
  const top = strip?.row ?? 0;
  const moved = rows.map(({ to, from }) => ({ to: to - top, from }));
  return { columns, rows: moved.filter(({ to }) => to >= 0 && to < height) };
}

/** Source pixels that are read at once. */
const PIXELS = 1 << 20;

const fromAt = (rows: Placement['rows'], index: number): number => rows[index]?.from ?? Number.NaN;

async function mergedBand(
  rasters: readonly Raster[],
  placements: readonly Placement[],
  band: number,
  { width, height }: { readonly width: number; readonly height: number },
  method: Method,
  context: RunContext,
): Promise<Float64Array> {
  const values = new Float64Array(width * height).fill(Number.NaN);
  const merge = merges[method](values);
  for (const [index, raster] of rasters.entries()) {
    const { columns, rows } = requirePresent(placements[index], 'The placement of the raster');
    const left = columns[0]?.to ?? 0;
    const froms = Int32Array.from(columns, ({ from }) => from);
    const across = new Float64Array(columns.length);
    // Rows of the mosaic whose pixels come from some rows of the raster.
    const atOnce = Math.max(1, Math.floor(PIXELS / raster.width));
    for (let start = 0; start < rows.length; ) {
      await context.progress(index, rasters.length, `Merging band ${band}`);
      const top = fromAt(rows, start);
      let end = start + 1;
      while (end < rows.length && fromAt(rows, end) < top + atOnce) end++;
      const window = { column: 0, row: top, width: raster.width, height: fromAt(rows, end - 1) - top + 1 };
      const read = await readValues(raster, band, window);
      if (requirePresent(raster.bands[band - 1], 'The band').colorInterpretation === 'alpha')
        clearTransparent(read);
      for (const { from, to } of rows.slice(start, end)) {
        const row = (from - top) * raster.width;
        for (let column = 0; column < across.length; column++)
          across[column] = read[row + (froms[column] ?? 0)] ?? Number.NaN;
        merge.put(to * width + left, across);
      }
      start = end;
    }
  }
  merge.finish();
  return values;
}

/** A transparent pixel hides none of another raster. */
function clearTransparent(alpha: Float64Array): void {
  for (let index = 0; index < alpha.length; index++) if (alpha[index] === 0) alpha[index] = Number.NaN;
}
