import type { Kernel } from './neighbourhoods.ts';

export const indices = ['tri', 'triWilson', 'tpi', 'roughness'] as const;
export type TerrainIndex = (typeof indices)[number];

const { fround } = Math;
const difference = (one: number, other: number): number => fround(one - other);
const square = (value: number): number => value * value;

/**
 * Ruggedness of the eight neighbours of a pixel: TRI by Riley et al. (1999), the root of the sum of squared differences,
 * and by Wilson et al. (2007), the mean absolute difference; TPI (Weiss 2001), the pixel minus the mean of its
 * neighbours; roughness (Dartnell 2000), the greatest minus the least of the nine.
 */
export const indexKernels: Readonly<Record<TerrainIndex, Kernel>> = {
  tri: (a, b, c, d, e, f, g, h, i) =>
    Math.sqrt(
      square(difference(a, e)) +
        square(difference(b, e)) +
        square(difference(c, e)) +
        square(difference(d, e)) +
        square(difference(f, e)) +
        square(difference(g, e)) +
        square(difference(h, e)) +
        square(difference(i, e)),
    ),
  triWilson: (a, b, c, d, e, f, g, h, i) =>
    (Math.abs(difference(a, e)) +
      Math.abs(difference(b, e)) +
      Math.abs(difference(c, e)) +
      Math.abs(difference(d, e)) +
      Math.abs(difference(f, e)) +
      Math.abs(difference(g, e)) +
      Math.abs(difference(h, e)) +
      Math.abs(difference(i, e))) /
    8,
  tpi: (a, b, c, d, e, f, g, h, i) => e - (a + b + c + d + f + g + h + i) / 8,
  roughness: (...values) => difference(Math.max(...values), Math.min(...values)),
};
