import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/processes/declaration.ts';
import { missingTest, type Raster, type Samples, type Window } from '../engines/raster/raster.ts';
import { maskOf } from '../engines/raster/scanline.ts';
import { newSamples } from '../engines/raster-values/data-types.ts';
import { stripsOf } from '../engines/raster-values/strips.ts';

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
  const { dataType } = raster.bands[band - 1]!;
  const isMissing = missingTest(raster.bands[band - 1]!);
  const needed = windows.reduce((sum, window) => sum + (window ? window.width * window.height : 0), 0);
  const pixels = raster.width * raster.height;
  let all: Promise<Samples> | undefined;
  let wholeMask: Promise<Samples> | undefined;
  const isWhole = pixels <= KEPT && needed >= pixels;
  const maskOfRaster = async (window: Window): Promise<Samples | undefined> => {
    if (!isWhole || !raster.readMask) return raster.readMask?.(window);
    wholeMask ??= raster.readMask();
    return partOf(await wholeMask, raster.width, window);
  };
  const samplesOf = async (window: Window): Promise<Samples> => {
    if (!isWhole) return raster.read(band, window);
    all ??= raster.read(band);
    return partOf(await all, raster.width, window);
  };

  return async (geometry, window, allTouched, context) => {
    const mask = maskOf(geometry, raster, window, allTouched);
    const values = newSamples(dataType, countOf(mask));
    let length = 0;
    for await (const { row, width, height } of stripsOf(window, context, 'Reading zones')) {
      const inside = mask.subarray(row * width, (row + height) * width);
      if (!inside.includes(1)) continue;
      const source = { column: window.column, row: window.row + row, width, height };
      const samples = await samplesOf(source);
      const present = await maskOfRaster(source);
      for (let index = 0; index < samples.length; index++) {
        const value = samples[index]!;
        if (inside[index] === 1 && present?.[index] !== 0 && !isMissing(value)) values[length++] = value;
      }
    }
    return values.subarray(0, length);
  };
}

function countOf(mask: Uint8Array): number {
  let count = 0;
  for (const value of mask) count += value;
  return count;
}

function partOf(samples: Samples, across: number, { column, row, width, height }: Window): Samples {
  if (width === across) return samples.subarray(row * across, (row + height) * across);
  const part = samples.slice(0, width * height);
  for (let index = 0; index < height; index++) {
    const start = (row + index) * across + column;
    part.set(samples.subarray(start, start + width), index * width);
  }
  return part;
}
