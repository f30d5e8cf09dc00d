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

/** What parts are made of. */
type Divided = Pick<WorkSize, 'width' | 'height' | 'weight' | 'effort'>;

/** Rows of each part: about a quarter of the pixels that one worker takes, and those of a tile at least. */
function rowStep({ width, weight, effort = 1 }: Divided, divideAbove: number): number {
  const rowPixels = width * weight * Math.max(1, effort);
  return Math.max(1, Math.floor((divideAbove * SHARE) / rowPixels / PART_ROWS)) * PART_ROWS;
}

/** How many parts a raster is divided into, and pixels of four bytes that the largest comes to; nothing is listed for that. */
export function countRowParts(
  size: Divided,
  divideAbove: number,
  halo: number,
): { readonly count: number; readonly pixels: number } {
  const step = rowStep(size, divideAbove);
  const pixels = (Math.min(step, size.height) + 2 * halo) * size.width * size.weight;
  return { count: Math.ceil(size.height / step), pixels };
}

/**
 * The rows of a raster in parts, each of about a quarter of the pixels that one worker takes, and of the rows of a tile at
 * least.
 *
 * @param divideAbove pixels of four bytes that one worker takes
 * @param halo rows on both sides that the result of a row depends on
 * @throws RangeError for more than {@link MOST_PARTS}: of a client's size their list would take all memory
 */
export function listRowParts(size: Divided, divideAbove: number, halo: number): RowRange[] {
  const step = rowStep(size, divideAbove);
  const length = Math.ceil(size.height / step);
  if (length > MOST_PARTS) throw new RangeError(`${length} parts`);
  return Array.from({ length }, (_, part) => ({
    first: part * step,
    end: Math.min(size.height, (part + 1) * step),
    halo,
  }));
}
