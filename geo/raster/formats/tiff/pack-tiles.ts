import type { RasterContent } from '../../raster.ts';
import { type Compression, methods } from './compress.ts';
import { choosePredictor, tileBytes } from './encode-tile.ts';

/** Tiles that are packed at the same time. */
const AT_ONCE = 4;

/** What packs a tile of a raster whose upper left pixel has this column and row. */
export type PackTile = (column: number, row: number) => Uint8Array | Promise<Uint8Array>;

/** How the samples of a raster are packed: the values of the tags Compression and Predictor, and what does it. */
export function tilePacker(content: RasterContent, compression: Compression, tile: number) {
  const predictor = compression === 'none' ? 1 : choosePredictor(content);
  const { code, pack } = methods[compression];
  const packTile: PackTile = (column, row) => pack(tileBytes(content, column, row, tile, predictor));
  return { code, predictor, packTile };
}

/** All tiles of an image, row by row. */
export async function packTiles(
  { width, height }: Pick<RasterContent, 'width' | 'height'>,
  tile: number,
  pack: PackTile,
): Promise<Uint8Array[]> {
  const columns = Math.ceil(width / tile);
  const count = columns * Math.ceil(height / tile);
  const tiles: Uint8Array[] = Array.from({ length: count });
  const waiting = tiles.keys();
  const work = async () => {
    for (const index of waiting)
      tiles[index] = await pack((index % columns) * tile, Math.floor(index / columns) * tile);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tiles;
}
