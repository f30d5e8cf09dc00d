import type { RunContext } from '../../../core/run/context.ts';
import { shareWork } from '../../parallel/share-work.ts';
import { checkPixels } from '../pixel-limits.ts';
import { bandAt, type Raster, type RasterContent, type Window } from '../raster.ts';
import { findTypeRange } from '../values/data-types.ts';
import { chooseNodata, defaultNodata } from '../values/nodata.ts';
import { isRounded, readSingles } from '../values/read-values.ts';
import { settleSurface } from '../values/result-band.ts';
import { joinRowParts, listRowPartSizes } from '../values/row-shares.ts';
import { readStrips } from '../values/strips.ts';
import type { KernelSettings } from './kernels.ts';
import { readGround } from './pixel-size-on-ground.ts';
import { type Elevations, type ResultType, terrainRows } from './terrain-rows.ts';

/** Pixels that take about as long as a vertex does in other works that threads share. */
const PIXELS_PER_VERTEX = 50;
/** Pixels of a part of the work. */
const PIXELS_PER_PART = 1 << 18;

/** Single precision, -9999 where it is missing: for kernels that never give this number. */
export const SURFACE: ResultType = { dataType: 'float32', nodata: defaultNodata };
/** The same for kernels that may give any number. */
export const ANY_SURFACE: ResultType = { dataType: 'float32', nodata: Number.NaN };

/** What the processes for elevation models ask for. */
export interface SurfaceInputs {
  readonly band: number;
  readonly computeEdges: boolean;
  /** Horizontal units in one vertical unit; by default that of the grid on the ground. */
  readonly scale?: number | undefined;
  /** What is to stand for missing pixels; by default that of the type of the result. */
  readonly nodata?: number | undefined;
}

/**
 * A raster on the same grid, computed by a kernel from the elevations of a band, shared by all cores.
 *
 * @param computeEdges missing neighbours take the value of the pixel, and those beyond the border are extrapolated;
 *   without it the result is missing there
 * @throws LimitExceeded when the band has too many pixels, InvalidInput when the raster is rotated, and at /inputs/nodata where
 *   a pixel that is there has the nodata that is wanted
 */
export async function computeTerrain(
  raster: Raster,
  { band, computeEdges, scale, nodata: wanted }: SurfaceInputs,
  kernel: KernelSettings,
  result: ResultType,
  context: RunContext,
): Promise<RasterContent> {
  const { dataType, nodata: held } = result;
  const nodata = chooseNodata(dataType, { wanted, own: Number.isNaN(held) ? defaultNodata : held }) ?? held;
  checkPixels(raster, undefined, context);
  const { width, height, transform, crs, strip } = raster;
  const ground = readGround(raster, scale);
  const elevations = await readElevations(raster, band, context);
  const rowsPerPart = Math.max(1, Math.floor(PIXELS_PER_PART / width));
  const parts = await shareWork(
    terrainRows,
    { elevations, kernel, ground, computeEdges, result, rowsPerPart },
    {
      context,
      sizes: listRowPartSizes({ height, rowsPerPart }),
      vertices: (width * height) / PIXELS_PER_VERTEX,
      reportProgress: (done) => context.progress(height + done, 2 * height, 'Computing'),
    },
  );
  const pixels = dataType === 'uint8' ? new Uint8Array(width * height) : new Float32Array(width * height);
  const samples = joinRowParts(parts, pixels);
  const settled = settleSurface(samples, { nodata, held, wanted: wanted !== undefined }, raster);
  return { width, height, transform, crs, ...(strip && { strip }), dataType, ...settled };
}

async function readElevations(raster: Raster, band: number, context: RunContext): Promise<Elevations> {
  const { width, height } = raster;
  const memory = new SharedArrayBuffer(width * height * Float32Array.BYTES_PER_ELEMENT);
  const values = new Float32Array(memory);
  const { dataType, nodata } = bandAt(raster, band);
  // Missing pixels become so in each thread, unless it takes a mask or all digits to know them.
  const isPlain = raster.readMask === undefined && !isRounded(dataType);
  const read = (strip: Window) => (isPlain ? raster.read(band, strip) : readSingles(raster, band, strip));
  // Reading is the first half of the work.
  const half = {
    ...context,
    progress: (done: number, total: number, message: string) => context.progress(done, 2 * total, message),
  };
  for await (const [{ row }, samples] of readStrips(raster, read, half, 'Reading elevations'))
    values.set(samples, row * width);
  const avoided = findTypeRange(dataType) ? nodata : undefined;
  return { values, width, height, nodata: isPlain ? nodata : undefined, avoided };
}
