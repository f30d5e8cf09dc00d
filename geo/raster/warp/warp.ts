import type { RunContext } from '../../../core/run/context.ts';
import type { Crs } from '../../crs/crs.ts';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import { bandAt, type Grid, type Raster, type RasterContent, type Window } from '../raster.ts';
import { chooseFloatingType, newSamples } from '../values/data-types.ts';
import { readSingles, readValues } from '../values/read-values.ts';
import { settleBands } from '../values/result-band.ts';
import { type Chunk, divideIntoChunks } from './chunks.ts';
import { type PixelTransformer, pixelTransformer } from './pixel-transformer.ts';
import type { Pixels } from './pixels.ts';
import { makeResampler, type Resampler } from './resampler.ts';
import { findResamplingRadius, isSummary } from './resampling.ts';
import type { Resampling } from './resampling-names.ts';
import { type Stored, storedBand } from './stored-band.ts';
import { findStripWindow, placesFinder, type Strip } from './strip.ts';

export type Located = Grid & { readonly crs: Crs };

interface WarpOptions {
  readonly resampling: Resampling;
  /** What is to stand for missing pixels instead of the nodata of the raster. */
  readonly nodata?: number | undefined;
}

/** Pixels of the target that are computed between two looks at the clock. */
const STRIP = 1 << 17;

/**
 * Resamples all bands of a raster onto another grid, in the manner of GDAL's warper (GDAL 3.10, gdalwarpkernel.cpp):
 * places are approximated within an eighth of a pixel, kernels are stretched where the target is coarser. Each band has
 * its own missing pixels; those outside the source are missing too. The result has the data type of the raster, and its
 * nodata unless another is wanted.
 *
 * @param target a strip of a grid has the pixels that all of the grid has there: it is computed in the same pieces, of which
 *   those are left out that lie elsewhere
 * @throws InvalidInput at /inputs/nodata where a pixel that is there has the nodata that is wanted
 */
export async function warp(
  raster: Raster & Located,
  target: Located,
  { resampling, nodata: wanted }: WarpOptions,
  context: RunContext,
): Promise<Pick<RasterContent, 'bands' | 'nodata' | 'masks'>> {
  const whole: Located = target.strip ? { ...target.strip.whole, crs: target.crs } : target;
  const between = betweenPixels(raster, whole);
  const chunks = divideIntoChunks(raster, whole, between, {
    radius: findResamplingRadius(resampling),
    ...bytesPerPixel(raster),
  });
  const bands = raster.bands.map((band) =>
    storedBand(band, target, { computed: resampling !== 'nearest', wanted }),
  );
  const read = pixelReader(raster, target.strip === undefined);
  const [first, end] = target.strip
    ? [target.strip.row, target.strip.row + target.height]
    : [0, target.height];
  let done = 0;
  for (const chunk of chunks) {
    const strips = divideIntoStrips(chunk).filter(({ row, height }) => row < end && row + height > first);
    const [largest] = strips;
    if (!largest) continue;
    const resampler = makeResampler(raster, between.back, chunk.scale, resampling);
    const findPlaces = placesFinder(between.back, largest.width * largest.height, isSummary(resampling));
    for (const part of strips) {
      await context.progress(done, target.width * target.height, 'Resampling');
      done += part.width * part.height;
      await resampleStrip(raster, findPlaces(part), resampler, read, bands);
    }
  }
  return settleBands(
    bands.map(({ result }) => result),
    wanted !== undefined,
    { pointer: raster.pointer, ...(target.strip && { strip: target.strip }) },
  );
}

async function resampleStrip(
  raster: Raster,
  strip: Strip,
  { reach, resample }: Resampler,
  read: (band: number, window: Window) => Promise<Pixels>,
  bands: readonly Stored[],
): Promise<void> {
  const window = findStripWindow(strip, raster, reach);
  for (const [index, { putIn, missAll }] of bands.entries()) {
    if (window) resample(await read(index + 1, window), strip, putIn(strip));
    else missAll(strip);
  }
}

/** Bytes of a pixel as GDAL counts them: of all bands, with a bit for each mask. */
function bytesPerPixel({ bands }: Raster): { readonly sourceBytes: number; readonly targetBytes: number } {
  const bytes = bands.reduce((sum, { dataType }) => sum + newSamples(dataType, 0).BYTES_PER_ELEMENT, 0);
  const masked = bands.filter(({ nodata }) => nodata !== undefined).length;
  return { sourceBytes: bytes + masked / 8, targetBytes: bytes + bands.length / 8 };
}

/** From pixels of the source to pixels of the target and back. */
function betweenPixels(source: Located, target: Located): PixelTransformer {
  const { forward, back } = pixelTransformer(source, target.crs);
  const inverse = invertAffine(target.transform);
  return {
    forward: (column, row) => {
      const point = forward(column, row);
      return point && [affineX(inverse, point[0], point[1]), affineY(inverse, point[0], point[1])];
    },
    back: (column, row) =>
      back(affineX(target.transform, column, row), affineY(target.transform, column, row)),
  };
}

function divideIntoStrips({ column, row: top, width, height: rows }: Chunk): Window[] {
  const height = Math.max(1, Math.ceil(STRIP / width));
  return Array.from({ length: Math.ceil(rows / height) }, (_, index) => {
    const row = index * height;
    return { column, row: top + row, width, height: Math.min(height, rows - row) };
  });
}

/** Reads windows; where it keeps, once a strip needs half of the raster all of the band is kept, because the next one will too. */
function pixelReader(raster: Raster, keeps: boolean): (band: number, window: Window) => Promise<Pixels> {
  const kept = new Map<number, Promise<Pixels>>();
  const all: Window = { column: 0, row: 0, width: raster.width, height: raster.height };
  const load = async (band: number, window: Window): Promise<Pixels> => {
    const { dataType } = bandAt(raster, band);
    const readIn = chooseFloatingType(dataType) === 'float32' ? readSingles : readValues;
    return { ...window, values: await readIn(raster, band, window) };
  };
  return (band, window) => {
    const pixels = kept.get(band);
    if (pixels) return pixels;
    if (!keeps || 2 * window.width * window.height < raster.width * raster.height) return load(band, window);
    const loaded = load(band, all);
    kept.set(band, loaded);
    return loaded;
  };
}
