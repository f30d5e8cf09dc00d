import { buildGeoKeys } from '../../../crs/build-geokeys.ts';
import type { WrittenKeys } from '../../../crs/geokeys-from-crs.ts';
import type { Mask, RasterContent } from '../../raster.ts';
import { assemble, type EncodedImage } from './build-file.ts';
import type { Compression } from './compress.ts';
import { maskPacker } from './encode-mask.ts';
import { fittingTile, TILE } from './encode-tile.ts';
import { buildEntries, maskEntries } from './entries.ts';
import { buildOverviews } from './overviews.ts';
import { packTiles, tilePacker } from './pack-tiles.ts';

/**
 * A raster as GeoTIFF in tiles.
 *
 * @param cloudOptimized in tiles of 512 x 512 pixels, with overviews, and in the order that GDAL's driver COG has: all directories come before the data
 */
export async function tiffBytes(
  content: RasterContent,
  compression: Compression,
  cloudOptimized: boolean,
): Promise<Uint8Array> {
  const tile = cloudOptimized ? TILE : fittingTile(content);
  const images: EncodedImage[] = [];
  const put = async (image: RasterContent, geoKeys: WrittenKeys | undefined) => {
    images.push(await encoded(image, compression, tile, geoKeys));
    if (image.masks) images.push(await encodedMask(image, image.masks, tile, geoKeys === undefined));
  };
  await put(content, (content.crs && (await buildGeoKeys(content.crs))) ?? new Map());
  if (cloudOptimized) for (const overview of buildOverviews(content)) await put(overview, undefined);
  return assemble(images, cloudOptimized);
}

/** @param geoKeys those of the whole image; overviews have none. */
async function encoded(
  content: RasterContent,
  compression: Compression,
  tile: number,
  geoKeys: WrittenKeys | undefined,
): Promise<EncodedImage> {
  const { code, predictor, packTile } = tilePacker(content, compression, tile);
  const tiles = await packTiles(content, tile, packTile);
  const isOverview = geoKeys === undefined;
  const encoding = { compression: code, predictor, tile, isOverview, geoKeys: geoKeys ?? new Map() };
  return { entries: buildEntries(content, encoding), tiles };
}

/** The masks of an image as one of their own: of all bands together, if they share it, else of each band. */
async function encodedMask(
  content: RasterContent,
  masks: readonly (Mask | undefined)[],
  tile: number,
  isOverview: boolean,
): Promise<EncodedImage> {
  const kind = masks.every((mask) => mask === masks[0]) ? 'shared' : 'perBand';
  const tiles = await packTiles(content, tile, maskPacker(content, masks, kind, tile));
  return { entries: maskEntries(content, kind === 'shared' ? 1 : masks.length, { tile, isOverview }), tiles };
}
