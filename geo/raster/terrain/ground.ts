import { InvalidInput } from '../../../core/shared/errors.ts';
import { isRotated } from '../grid/affine.ts';
import type { Raster } from '../raster.ts';
import { type Algorithm, spans } from './gradient.ts';

/** Metres in a degree, as gdaldem's users give it. */
const DEGREE = 111_120;

/** Size of a pixel in the units of heights. Rows run southward, so the one per row is usually negative. */
export interface Ground {
  readonly perColumn: number;
  readonly perRow: number;
}

/**
 * The size of a pixel on the ground, for gradients.
 *
 * @param scale horizontal units in one vertical unit times the ratio of both; by default 1, and 111120 where the CRS
 *   of the raster is geographic
 * @throws InvalidInput when the raster is rotated: its rows do not run from west to east then
 */
export function groundOf(
  { transform, crs, pointer }: Raster,
  scale = crs?.isGeographic ? DEGREE : 1,
): Ground {
  if (isRotated(transform)) {
    throw new InvalidInput(
      pointer,
      'is rotated; its rows must run from west to east. Resample it with reproject-raster first.',
    );
  }
  return { perColumn: transform[1] * scale, perRow: transform[5] * scale };
}

/** Factors from the differences of an algorithm to slopes along the rows and the columns. */
export const gradientScale = (algorithm: Algorithm, zFactor: number, ground: Ground): Ground => ({
  perColumn: zFactor / (spans[algorithm] * ground.perColumn),
  perRow: zFactor / (spans[algorithm] * ground.perRow),
});
