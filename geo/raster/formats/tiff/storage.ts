import { type Tiff, TiffTag } from '@cogeotiff/core';
import { parsing } from '../../../../core/shared/format-error.ts';
import type { RasterStorage } from '../../raster.ts';
import { MASK, REDUCED } from './colours.ts';
import { compressionName } from './decompress.ts';
import type { Layout } from './image-layout.ts';
import { readTagNumber } from './tags.ts';

/** How a file keeps its first image. */
export async function readStorage(
  { images }: Tiff,
  { compression, fileBlockSize }: Layout,
  masks: RasterStorage['masks'],
): Promise<RasterStorage> {
  const overviews: (readonly [number, number])[] = [];
  for (const image of images.slice(1)) {
    const kind = await readTagNumber(image, TiffTag.SubFileType, 0);
    const { width, height } = parsing(() => image.size);
    if ((kind & REDUCED) !== 0 && (kind & MASK) === 0) overviews.push([width, height]);
  }
  overviews.sort(([one], [other]) => other - one);
  return { compression: compressionName(compression), blockSize: fileBlockSize, overviews, masks };
}
