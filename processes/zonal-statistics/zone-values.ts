import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { burnMask } from '../../geo/raster/burn/scanline.ts';
import type { Raster, Samples, Window } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { iterateStrips } from '../../geo/raster/values/strips.ts';

/** Pixels of a band that are kept when zones need about all of them. */
const KEPT = 1 << 24;

/** The values of the pixels of a zone that are not missing, row by row. */
export type ReadZone = (
  geometry: Geometry,
  window: Window,
  allTouched: boolean,
  context: RunContext,
) => Promise<Samples>;

/**
 * Reads the pixels of zones. Where the zones need as many pixels as a small raster has, the band is read once.
 *
 * @param windows the parts of the raster that the zones lie in
 */
export function zoneReader(raster: Raster, band: number, windows: readonly (Window | undefined)[]): ReadZone {
  const { dataType, nodata } = requirePresent(raster.bands[band - 1], 'The band');
  const needed = windows.reduce((sum, window) => sum + (window ? window.width * window.height : 0), 0);
  const pixels = raster.width * raster.height;
  let all: Promise<Samples> | undefined;
  let wholeMask: Promise<Samples | undefined> | undefined;
  const isWhole = pixels <= KEPT && needed >= pixels;
  const readRasterMask = async (window: Window): Promise<Part | undefined> => {
    if (!raster.readMask) return undefined;
    if (!isWhole) {
      const samples = await raster.readMask(band, window);
      return samples && { samples, start: 0, across: window.width };
    }
    wholeMask ??= raster.readMask(band);
    const samples = await wholeMask;
    return samples && makePart(samples, raster.width, window);
  };
  const readSamples = async (window: Window): Promise<Part> => {
    if (!isWhole) return { samples: await raster.read(band, window), start: 0, across: window.width };
    all ??= raster.read(band);
    return makePart(await all, raster.width, window);
  };

  return async (geometry, window, allTouched, context) => {
    const mask = burnMask(geometry, raster, window, allTouched);
    const values = newSamples(dataType, countPixels(mask));
    let length = 0;
    for await (const { row, width, height } of iterateStrips(window, context, 'Reading zones')) {
      const inside = mask.subarray(row * width, (row + height) * width);
      if (!inside.includes(1)) continue;
      const source = { column: window.column, row: window.row + row, width, height };
      const part = await readSamples(source);
      const present = await readRasterMask(source);
      if (present) clearMasked(inside, width, present);
      length = appendInside(part, inside, width, nodata, values, length);
    }
    return values.subarray(0, length);
  };
}

function countPixels(mask: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < mask.length; index++) count += mask[index] ?? 0;
  return count;
}

/** Pixels of a window among others: where they begin, and how many there are from one row to the next. */
interface Part {
  readonly samples: Samples;
  readonly start: number;
  readonly across: number;
}

const makePart = (samples: Samples, across: number, { column, row }: Window): Part => ({
  samples,
  start: row * across + column,
  across,
});

/** Takes the pixels out of a mask that the mask of the raster has not. */
function clearMasked(inside: Uint8Array, width: number, { samples, start, across }: Part): void {
  for (let row = 0; row * width < inside.length; row++) {
    for (let column = 0; column < width; column++)
      if (samples[start + row * across + column] === 0) inside[row * width + column] = 0;
  }
}

/** Appends the values of a mask that are not missing to `length` ones, and returns how many they are then. */
function appendInside(
  { samples, start, across }: Part,
  inside: Uint8Array,
  width: number,
  nodata: number | undefined,
  values: Samples,
  length: number,
): number {
  for (let row = 0; row * width < inside.length; row++) {
    // From places in the mask to those among the samples.
    const shift = start + row * (across - width);
    const end = (row + 1) * width;
    for (let index = row * width; index < end; index++) {
      if (inside[index] === 0) continue;
      const value = samples[shift + index] ?? Number.NaN;
      if (value !== nodata && !Number.isNaN(value)) values[length++] = value;
    }
  }
  return length;
}
