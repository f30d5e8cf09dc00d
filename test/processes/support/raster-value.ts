import { MediaType } from '../../../core/shared/uris.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import type { RasterContent } from '../../../geo/raster/raster.ts';
import { crsFrom } from '../../support/crs.ts';

/** A raster as an execute request has it by value. Placed from (5, 52) down, in CRS84 degrees, where nothing else is said. */
export async function rasterValue(
  raster: Pick<RasterContent, 'width' | 'height' | 'dataType' | 'nodata' | 'bands'> & Partial<RasterContent>,
) {
  const content = { transform: [5, 0.01, 0, 52, 0, -0.01] as const, crs: crsFrom('EPSG:4326'), ...raster };
  const { bytes } = await writeRaster(content, MediaType.geotiff);
  return { value: Buffer.from(bytes).toString('base64'), encoding: 'base64', mediaType: MediaType.geotiff };
}
