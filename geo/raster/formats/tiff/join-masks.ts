import { LimitExceeded } from '../../../../core/shared/errors.ts';
import type { Mask } from '../../raster.ts';
import { type MaskKind, maskPacker } from './encode-mask.ts';
import { type Entry, maskEntries } from './entries.ts';
import { type PackTile, packTiles } from './pack-tiles.ts';
import type { PackedTiles, PartsFile } from './part-index.ts';
import {
  countBytes,
  framed,
  type JoinedImage,
  type OverviewRows,
  readOverviewRows,
  type StoredPart,
} from './stored-part.ts';

/**
 * How the file keeps its masks: undefined where no pixel is missing that only a mask tells.
 *
 * @throws LimitExceeded where the alpha channel of a part is right only if pixels are missing in another, and none are
 */
export function findMaskKind(parts: readonly StoredPart[]): MaskKind | undefined {
  const alphas = parts.map(({ index }) => index.alpha);
  if (alphas.includes('moved') && !alphas.includes('missing'))
    throw new LimitExceeded(
      '/inputs',
      'Valid pixels of the result have 0 in the alpha channel. A raster of this size is assembled from parts, in which an alpha of 0 marks missing pixels. Process a part of the raster instead.',
    );
  const masks = parts.flatMap(({ index }) => index.masks ?? []);
  if (masks.length === 0) return undefined;
  return masks.every(({ shared }) => shared) ? 'shared' : 'perBand';
}

/** All that a directory says of masks but for their tiles. */
export const entriesOfMasks = (
  { bandCount, tile }: PartsFile,
  size: Pick<PartsFile, 'width' | 'height'>,
  kind: MaskKind,
  isOverview: boolean,
): Entry[] => maskEntries(size, kind === 'shared' ? 1 : bandCount, { tile, isOverview });

/** The masks of the image itself. Those of a part in which nothing is missing are made here. */
export async function joinMasks(
  parts: readonly StoredPart[],
  file: PartsFile,
  kind: MaskKind,
  frame: number,
): Promise<JoinedImage> {
  const packNothingMissing = nothingMissing(file, kind);
  const masks: Pick<JoinedImage, 'lengths' | 'pieces'>[] = [];
  for (const { key, start, index } of parts) {
    if (index.masks) {
      const tiles: PackedTiles | undefined = index.masks[kind];
      if (!tiles) throw new Error(`The part ${key} lacks masks`);
      const { offset, lengths } = tiles;
      masks.push({ lengths, pieces: [{ key, offset: start + offset, length: countBytes(lengths, frame) }] });
    } else {
      const size = { width: file.width, height: index.end - index.first };
      const tiles = await packTiles(size, file.tile, packNothingMissing(size));
      masks.push({ lengths: tiles.map(({ length }) => length), pieces: [framed(tiles, frame)] });
    }
  }
  return {
    entries: entriesOfMasks(file, file, kind, false),
    lengths: masks.flatMap(({ lengths }) => lengths),
    pieces: masks.flatMap(({ pieces }) => pieces),
  };
}

/** Packs tiles in which no pixel is missing, of each size once. */
function nothingMissing({ bandCount, tile }: PartsFile, kind: MaskKind) {
  const packed = new Map<string, ReturnType<PackTile>>();
  const masks = Array.from({ length: bandCount }, () => undefined);
  return (size: Pick<PartsFile, 'width' | 'height'>): PackTile => {
    const pack = maskPacker(size, masks, kind, tile);
    return (column, row) => {
      const key = `${Math.min(tile, size.width - column)} by ${Math.min(tile, size.height - row)}`;
      const known = packed.get(key) ?? pack(column, row);
      packed.set(key, known);
      return known;
    };
  };
}

/** The tiles of a row of tiles of the masks of an overview. */
export async function packOverviewMasks(
  parts: readonly StoredPart[],
  { bandCount, tile }: PartsFile,
  kind: MaskKind,
  place: OverviewRows,
): Promise<Uint8Array[]> {
  const { overview, level, rows: height } = place;
  const size = { width: overview.width, height };
  const masks = Array.from(
    { length: kind === 'shared' ? 1 : bandCount },
    (): Mask => new Uint8Array(size.width * height).fill(1),
  );
  await readOverviewRows(parts, place, ({ index }) => {
    const offset = index.masks?.overviews[level];
    if (offset === undefined) return undefined;
    // Bands that miss the same pixels have one mask in the part.
    return { offset, planes: index.masks?.shared ? [masks] : masks.map((mask) => [mask]) };
  });
  return packTiles(size, tile, maskPacker(size, masks, kind, tile));
}
