import type { RowRange, WorkSize } from './context.ts';

/** Parts begin at multiples of so many rows: those of the tiles of the result, so that each tile is in one part. */
export const PART_ROWS = 512;

/** Parts that a work is divided into at most: their list and what they leave stay small. */
export const MOST_PARTS = 1000;

/** A part has at most this share of the pixels that one worker takes: what it needs grows with its pixels. */
const SHARE = 1 / 4;

/**
 * Whether the work on a raster is divided: it needs more pixels than one worker takes, and there are more rows than those of
 * one tile.
 *
 * @param pixels that are needed
 */
export const isDivided = (
  { width, height, weight }: Pick<WorkSize, 'width' | 'height' | 'weight'>,
  divideAbove: number,
  pixels = width * height,
): boolean => pixels * weight > divideAbove && height > PART_ROWS;

/**
 * The rows of a raster in parts, each of about a quarter of the pixels that one worker takes, and of the rows of a tile at
 * least.
 *
 * @param divideAbove pixels of four bytes that one worker takes
 * @param halo rows on both sides that the result of a row depends on
 */
export function listRowParts(
  { width, height, weight, effort = 1 }: Pick<WorkSize, 'width' | 'height' | 'weight' | 'effort'>,
  divideAbove: number,
  halo: number,
): RowRange[] {
  const rowPixels = width * weight * Math.max(1, effort);
  const step = Math.max(1, Math.floor((divideAbove * SHARE) / rowPixels / PART_ROWS)) * PART_ROWS;
  return Array.from({ length: Math.ceil(height / step) }, (_, part) => ({
    first: part * step,
    end: Math.min(height, (part + 1) * step),
    halo,
  }));
}

/** Pixels of four bytes that the largest of the parts comes to. */
export const countPartPixels = (
  { width, weight }: Pick<WorkSize, 'width' | 'weight'>,
  parts: readonly RowRange[],
): number =>
  parts.reduce((most, { first, end, halo }) => Math.max(most, (end - first + 2 * halo) * width * weight), 0);
