import type { Mask, RasterContent } from '../../raster.ts';
import { methods } from './compress.ts';

type Size = Pick<RasterContent, 'width' | 'height'>;

/** How the masks of a file are kept: one that all bands share, or one for each band. */
export type MaskKind = 'shared' | 'perBand';

/** What packs a tile of masks whose upper left pixel has this column and row. */
export const maskPacker =
  (size: Size, masks: readonly (Mask | undefined)[], kind: MaskKind, tile: number) =>
  (column: number, row: number): Uint8Array | Promise<Uint8Array> =>
    methods.deflate.pack(
      kind === 'shared'
        ? packMaskBits(size, masks[0], column, row, tile)
        : encodeMasks(size, masks, column, row, tile),
    );

/**
 * A tile of a mask with a bit for each pixel, the first in the highest bit; what reaches beyond the image is missing. Without a
 * mask all others are there.
 */
function packMaskBits(
  { width, height }: Size,
  mask: Mask | undefined,
  column: number,
  row: number,
  size: number,
): Uint8Array {
  const rowBytes = size / 8;
  const bits = new Uint8Array(rowBytes * size);
  const across = Math.min(size, width - column);
  const down = Math.min(size, height - row);
  for (let y = 0; y < down; y++) {
    const from = (row + y) * width + column;
    for (let x = 0; x < across; x++) {
      const at = y * rowBytes + (x >> 3);
      if (mask?.[from + x] !== 0) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return bits;
}

/** A tile of several masks with a byte for each band of a pixel: 255 where it is there. Bands without a mask miss nothing. */
function encodeMasks(
  { width, height }: Size,
  masks: readonly (Mask | undefined)[],
  column: number,
  row: number,
  size: number,
): Uint8Array {
  const stride = masks.length;
  const bytes = new Uint8Array(size * size * stride);
  const across = Math.min(size, width - column);
  const down = Math.min(size, height - row);
  for (const [band, mask] of masks.entries()) {
    for (let y = 0; y < down; y++) {
      const from = (row + y) * width + column;
      const to = y * size * stride + band;
      for (let x = 0; x < across; x++) bytes[to + x * stride] = mask?.[from + x] === 0 ? 0 : 255;
    }
  }
  return bytes;
}
