import type { WrittenKeys } from '../../../crs/geokeys-from-crs.ts';
import { geoKeysOf } from '../../../crs/geokeys-of.ts';
import type { RasterContent } from '../../raster.ts';
import { assemble, type EncodedImage } from './assemble.ts';
import { type Compression, methods } from './compress.ts';
import { fittingTile, predictorOf, TILE, tileBytes } from './encode-tile.ts';
import { entriesOf } from './entries.ts';
import { overviewsOf } from './overviews.ts';

/** Tiles that are packed at the same time. */
const AT_ONCE = 4;

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
  const geoKeys = (content.crs && (await geoKeysOf(content.crs))) ?? new Map();
  const images: EncodedImage[] = [await encoded(content, compression, tile, geoKeys)];
  if (cloudOptimized)
    for (const overview of overviewsOf(content))
      images.push(await encoded(overview, compression, tile, undefined));
  return assemble(images, cloudOptimized);
}

/** @param geoKeys those of the whole image; overviews have none. */
async function encoded(
  content: RasterContent,
  compression: Compression,
  tile: number,
  geoKeys: WrittenKeys | undefined,
): Promise<EncodedImage> {
  const predictor = compression === 'none' ? 1 : predictorOf(content);
  const { code, pack } = methods[compression];
  const columns = Math.ceil(content.width / tile);
  const count = columns * Math.ceil(content.height / tile);
  const tiles: Uint8Array[] = Array.from({ length: count });
  const waiting = tiles.keys();
  const work = async () => {
    for (const index of waiting) {
      const column = (index % columns) * tile;
      const row = Math.floor(index / columns) * tile;
      tiles[index] = await pack(tileBytes(content, column, row, tile, predictor));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const isOverview = geoKeys === undefined;
  const encoding = { compression: code, predictor, tile, isOverview, geoKeys: geoKeys ?? new Map() };
  return { entries: entriesOf(content, encoding), tiles };
}
