/** Powers of distances that there are kernels in vector instructions for. */
export const distancePowers = [1, 2, 3] as const;

/** Points that a kernel takes at once, and pixels. */
const POINTS = 256;
const PIXELS = 32;

/**
 * What lies where in the memory of the kernels, in bytes: the numbers of points in three lists, the x of pixels, and as far from each
 * of these as `weights` and `sums` say its results.
 */
export const distanceLayout = {
  points: POINTS,
  x: 0,
  y: POINTS * 4,
  value: POINTS * 8,
  pixels: POINTS * 12,
  columns: PIXELS,
  /** Pixels of one call. */
  group: 16,
  weights: PIXELS * 4,
  sums: PIXELS * 8,
} as const;
