import { TiffTag } from '@cogeotiff/core';
import type { Source } from '../../../../core/run/context.ts';
import type { Grid } from '../../raster.ts';
import { transformFromUnit } from '../../transform-in-unit.ts';
import { readGeoreference } from './georeference.ts';
import { openTiff } from './open-tiff.ts';
import { countNumbers } from './sample-encoding.ts';
import { readTagNumber } from './tags.ts';

/** The grid of a GeoTIFF and how many bands it has: what its header says, without where its pixels lie. @throws FormatError */
export async function readGrid(source: Source): Promise<(Grid & { readonly bandCount: number }) | undefined> {
  const [image] = (await openTiff(source)).images;
  if (!image) return undefined;
  const { transform, crs } = await readGeoreference(image);
  return {
    width: await readTagNumber(image, TiffTag.ImageWidth, 0),
    height: await readTagNumber(image, TiffTag.ImageHeight, 0),
    bandCount: (await readTagNumber(image, TiffTag.SamplesPerPixel, 1)) * (await countNumbers(image)),
    transform: transformFromUnit(transform, crs),
    crs,
  };
}
