import { type Tiff, type TiffImage, TiffTag } from '@cogeotiff/core';
import type { Source } from '../../../../core/run/context.ts';
import { parsing } from '../../../../core/shared/format-error.ts';
import type { BandMeaning, Raster, RasterStorage, Samples, Window } from '../../raster.ts';
import { MASK, REDUCED } from './colours.ts';
import { type Layout, readLayout } from './image-layout.ts';
import { windowReader } from './read-blocks.ts';
import { readTagNumber } from './tags.ts';

type ReadMask = (band: number, window: Window) => Promise<Samples>;

export interface Masks {
  readonly kind: NonNullable<RasterStorage['masks']>;
  readonly read: (band: number, window: Window) => ReturnType<NonNullable<Raster['readMask']>>;
}

/**
 * Reads the masks of the first image: 0 where its pixels are missing. They are in an image of their own, or in an alpha
 * channel, which has no mask itself. Undefined where the file has none.
 *
 * @param readBand reads a band of the image
 */
export async function findMasks(
  tiff: Tiff,
  source: Source,
  layout: Layout,
  meanings: readonly BandMeaning[],
  readBand: ReadMask,
): Promise<Masks | undefined> {
  const alpha = 1 + meanings.findIndex(({ colorInterpretation }) => colorInterpretation === 'alpha');
  const image = await maskImage(tiff, layout);
  if (image) return makeReader(image, source, layout, alpha);
  if (alpha === 0 || layout.bandCount === 1) return undefined;
  return {
    kind: 'alpha',
    read: async (band, window) => (band === alpha ? undefined : readBand(alpha, window)),
  };
}

async function maskImage(tiff: Tiff, { width, height }: Layout): Promise<TiffImage | undefined> {
  for (const image of tiff.images.slice(1)) {
    const kind = await readTagNumber(image, TiffTag.SubFileType, 0);
    const size = parsing(() => image.size);
    if ((kind & MASK) !== 0 && (kind & REDUCED) === 0 && size.width === width && size.height === height)
      return image;
  }
  return undefined;
}

async function makeReader(
  image: TiffImage,
  source: Source,
  { bandCount, numbers }: Layout,
  alpha: number,
): Promise<Masks | undefined> {
  const layout = await readLayout(image);
  const perBand = layout.bandCount > 1;
  if (perBand && layout.bandCount * numbers !== bandCount) return undefined;
  const read = windowReader(source, layout, 0);
  return {
    kind: perBand ? 'perBand' : 'perDataset',
    read: async (band, window) =>
      band === alpha ? undefined : read(perBand ? Math.ceil(band / numbers) : 1, window),
  };
}
