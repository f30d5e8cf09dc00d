import { type Tiff, TiffTag } from '@cogeotiff/core';
import { parsing } from '../../../../core/shared/format-error.ts';
import type { RasterStorage } from '../../raster.ts';
import { MASK, REDUCED } from './colours.ts';
import { nameOfCompression } from './decompress.ts';
import type { Layout } from './layout.ts';
import { numberOf } from './tags.ts';

/** How a file keeps its first image. */
export async function storageOf(
  { images }: Tiff,
  { compression, fileBlockSize }: Layout,
  masks: RasterStorage['masks'],
): Promise<RasterStorage> {
  const overviews: (readonly [number, number])[] = [];
  for (const image of images.slice(1)) {
    const kind = await numberOf(image, TiffTag.SubFileType, 0);
    const { width, height } = parsing(() => image.size);
    if ((kind & REDUCED) !== 0 && (kind & MASK) === 0) overviews.push([width, height]);
  }
  overviews.sort(([one], [other]) => other - one);
  return { compression: nameOfCompression(compression), blockSize: fileBlockSize, overviews, masks };
}
