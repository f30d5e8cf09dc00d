import type { Pixels } from './pixel-cache.ts';
import type { Raster } from './raster.ts';

/** Says of a pixel of a window whether it is there, in a band. */
export function validity(
  { nodata, alpha }: Raster,
  { bands, mask }: Pixels,
): (band: number, index: number) => boolean {
  // Files of 32-bit numbers say their nodata value with more digits than they can hold.
  const missing = nodata === undefined || !(bands[0] instanceof Float32Array) ? nodata : Math.fround(nodata);
  const opacity = alpha === undefined ? undefined : bands[alpha];
  return (band, index) => {
    if (mask?.[index] === 0 || opacity?.[index] === 0) return false;
    const value = bands[band]?.[index];
    return value !== undefined && value !== missing && !Number.isNaN(value);
  };
}
