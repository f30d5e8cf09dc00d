import { Encoded } from '../../../core/run/context.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import type { RasterContent } from '../raster.ts';
import { transformInUnit } from '../transform-in-unit.ts';
import { settleContent } from '../values/settle-content.ts';
import { describeRasterLosses } from './describe-raster-losses.ts';
import type { Compression } from './tiff/compress.ts';

/**
 * Encodes a raster in the format that was asked for; the same raster gives the same bytes. Of a strip of one it makes a part
 * of the file.
 *
 * @param mediaType one of those of `rasterOutputFormats`.
 * @param compression of GeoTIFF files
 * @throws LimitExceeded when the format is not for rasters of this size
 */
export async function writeRaster(
  content: RasterContent,
  mediaType: string,
  compression: Compression = 'deflate',
): Promise<Encoded> {
  const placed = inUnit(content);
  if (content.strip) {
    const { partBytes } = await import('./tiff/encode-part.ts');
    const remarks = await describeRasterLosses(placed, mediaType);
    return new Encoded(mediaType, await partBytes(placed, mediaType, compression), remarks);
  }
  const settled = settleContent(placed);
  const remarks = await describeRasterLosses(settled, mediaType);
  return new Encoded(mediaType, await encodeRaster(settled, mediaType, compression), remarks);
}

/** The place of the pixels in the unit of the CRS, as files have it. */
function inUnit(content: RasterContent): RasterContent {
  const { crs, strip, transform } = content;
  if (crs?.degreesPerUnit === undefined) return content;
  const whole = strip && { ...strip.whole, transform: transformInUnit(strip.whole.transform, crs) };
  return {
    ...content,
    transform: transformInUnit(transform, crs),
    ...(strip && whole && { strip: { ...strip, whole } }),
  };
}

async function encodeRaster(
  content: RasterContent,
  mediaType: string,
  compression: Compression,
): Promise<Uint8Array> {
  switch (mediaType) {
    case MediaType.cog:
      return (await import('./tiff/write-tiff.ts')).tiffBytes(content, compression, true);
    case MediaType.geotiff:
      return (await import('./tiff/write-tiff.ts')).tiffBytes(content, compression, false);
    case MediaType.png:
      return (await import('./png/png.ts')).pngBytes(content);
    case MediaType.coverageJson:
      return (await import('./coverage-json/coverage-json.ts')).coverageJsonBytes(content);
    default:
      throw new Error(`Rasters are not written as ${mediaType}`);
  }
}
