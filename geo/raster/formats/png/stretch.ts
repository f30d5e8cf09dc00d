import type { Samples } from '../../raster.ts';

/** Values that percentiles are found among; of larger bands every n-th. */
const VALUES = 1_000_000;

/**
 * Maps values to 1..255 such that the 2nd percentile becomes 1 and the 98th 255. Missing values are left out.
 *
 * @param isMissing whether the value at an index is missing
 */
export function makeStretch(band: Samples, isMissing: (index: number) => boolean): (value: number) => number {
  const step = Math.max(1, Math.ceil(band.length / VALUES));
  const values: number[] = [];
  for (let index = 0; index < band.length; index += step) {
    const value = band[index] ?? 0;
    if (Number.isFinite(value) && !isMissing(index)) values.push(value);
  }
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  const scale = high > low ? 254 / (high - low) : 0;
  return (value) => {
    if (scale === 0) return value < low ? 1 : value > low ? 255 : 128;
    return 1 + Math.min(254, Math.max(0, Math.round((value - low) * scale)));
  };
}
