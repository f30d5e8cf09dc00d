import { type Tiff, type TiffImage, TiffTag } from '@cogeotiff/core';
import type { Source } from '../../../../core/run/context.ts';
import { parsing } from '../../../../core/shared/format-error.ts';
import type { Samples, Window } from '../../raster.ts';
import { type Layout, layoutOf, numbersOf } from './layout.ts';
import { windowReader } from './read-blocks.ts';

/** Bits of the tag NewSubfileType. */
const REDUCED = 1;
const MASK = 4;

/** Reads the mask of the first image: 0 where its pixels are missing. Undefined where the file has none. */
export async function maskReader(
  tiff: Tiff,
  source: Source,
  { width, height }: Layout,
): Promise<((window: Window) => Promise<Samples>) | undefined> {
  for (const image of tiff.images.slice(1)) {
    const kind = (await numbersOf(image, TiffTag.SubFileType, [0]))[0]!;
    const size = parsing(() => image.size);
    if ((kind & MASK) === 0 || (kind & REDUCED) !== 0 || size.width !== width || size.height !== height)
      continue;
    return readerOf(image, source);
  }
  return undefined;
}

async function readerOf(image: TiffImage, source: Source): Promise<(window: Window) => Promise<Samples>> {
  const bits = (await numbersOf(image, TiffTag.BitsPerSample, [1]))[0] === 1;
  const read = windowReader(source, await layoutOf(image, bits), 0);
  if (!bits) return (window) => read(1, window);
  return async ({ column, row, width, height }) => {
    const first = Math.floor(column / 8);
    const across = Math.ceil((column + width) / 8) - first;
    const bytes = await read(1, { column: first, row, width: across, height });
    const mask = new Uint8Array(width * height);
    for (let index = 0; index < mask.length; index++) {
      const bit = column - 8 * first + (index % width);
      const byte = bytes[Math.floor(index / width) * across + (bit >> 3)]!;
      mask[index] = (byte >> (7 - (bit & 7))) & 1;
    }
    return mask;
  };
}
