import type { Kernel } from './neighbourhoods.ts';

export const algorithms = ['horn', 'zevenbergenThorne'] as const;
export type Algorithm = (typeof algorithms)[number];

/** How heights change around a pixel: their differences, and the number of pixel widths that they span. */
interface Differences {
  /** West minus east. */
  readonly across: Kernel;
  /** South minus north. */
  readonly down: Kernel;
  readonly span: number;
}

const { fround } = Math;

/** 1 2 1 in single precision, in the order of gdaldem: near-flat aspects depend on it. */
const weighted = (first: number, middle: number, last: number): number =>
  fround(fround(fround(first + middle) + middle) + last);

/**
 * Horn, B. K. P. (1981): Hill shading and the reflectance map. Zevenbergen, L. W. and Thorne, C. R. (1987): Quantitative
 * analysis of land surface topography.
 */
export const differences: Readonly<Record<Algorithm, Differences>> = {
  horn: {
    across: (a, _b, c, d, _e, f, g, _h, i) => fround(weighted(a, d, g) - weighted(c, f, i)),
    down: (a, b, c, _d, _e, _f, g, h, i) => fround(weighted(g, h, i) - weighted(a, b, c)),
    span: 8,
  },
  zevenbergenThorne: {
    across: (_a, _b, _c, d, _e, f) => fround(d - f),
    down: (_a, b, _c, _d, _e, _f, _g, h) => fround(h - b),
    span: 2,
  },
};
