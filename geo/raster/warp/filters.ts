/** A kernel that weighs pixels by their distance, in pixels. */
export interface Filter {
  readonly radius: number;
  readonly weight: (distance: number) => number;
}

const triangle = (distance: number): number => Math.max(0, 1 - Math.abs(distance));

/** Cubic convolution with a = -1/2 (Catmull-Rom). */
function cubicConvolution(distance: number): number {
  const far = Math.abs(distance);
  const square = distance * distance;
  if (far <= 1) return square * (1.5 * far - 2.5) + 1;
  return far <= 2 ? square * (-0.5 * far + 2.5) - 4 * far + 2 : 0;
}

/**
 * Cubic B-spline: it smooths, and does not pass through the pixels. GDAL lets the outer polynomial run on to the right,
 * where a stretched kernel may look at one pixel more.
 */
function cubicSpline(distance: number): number {
  if (distance <= -2) return 0;
  const far = Math.abs(distance);
  return far >= 1 ? (2 - far) ** 3 / 6 : (4 - 6 * far * far + 3 * far ** 3) / 6;
}

/** Sinc windowed by a wider sinc (Lanczos), three lobes. */
export function lanczos(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) > 3) return 0;
  const angle = Math.PI * distance;
  return (Math.sin(angle) * Math.sin(angle / 3)) / (angle * (angle / 3));
}

/** The kernels of GDAL's warper. */
export const filters = {
  bilinear: { radius: 1, weight: triangle },
  cubic: { radius: 2, weight: cubicConvolution },
  cubicSpline: { radius: 2, weight: cubicSpline },
  lanczos: { radius: 3, weight: lanczos },
} as const satisfies Readonly<Record<string, Filter>>;

export type FilterName = keyof typeof filters;
