import { MediaType } from '../../../../core/shared/uris.ts';
import { buildGeoKeys } from '../../../crs/build-geokeys.ts';
import type { DataType, Mask, RasterContent, Samples, Strip } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { settleStrip } from '../../values/settle-content.ts';
import { putTile } from './build-file.ts';
import type { Compression } from './compress.ts';
import { type MaskKind, maskPacker } from './encode-mask.ts';
import { fittingTile, TILE } from './encode-tile.ts';
import { buildEntries } from './entries.ts';
import { FRAME } from './file-layout.ts';
import { findSourceRow, listOverviews, type Overview, shrinkRow } from './overviews.ts';
import { packTiles, tilePacker } from './pack-tiles.ts';
import {
  indexBytes,
  type PackedTiles,
  type PartIndex,
  type PartMasks,
  type PartsFile,
  packEntries,
  packNumbers,
} from './part-index.ts';

/**
 * A strip of a raster as part of a GeoTIFF that `joinParts` makes of all of them: its tiles as they will be in the file, and
 * the pixels of the overviews that lie in it. Its rows begin at a multiple of those of a tile.
 *
 * @param mediaType of the file
 * @throws Error
 */
export async function partBytes(
  content: RasterContent,
  mediaType: string,
  compression: Compression,
): Promise<Uint8Array> {
  const cloudOptimized = mediaType === MediaType.cog;
  if (!content.strip || !(cloudOptimized || mediaType === MediaType.geotiff))
    throw new Error(`A raster in ${mediaType} is not put together from parts`);
  const { settled, alpha } = settleStrip(content);
  const { bands, masks, strip = content.strip } = settled;
  const tile = cloudOptimized ? TILE : fittingTile(strip.whole);
  const { first, end } = strip;
  if (first % tile !== 0) throw new Error(`A part begins at row ${first}, in the middle of a tile`);
  const blocks = new Blocks(cloudOptimized ? FRAME : 0);
  const { packTile } = tilePacker(settled, compression, tile);
  const { lengths } = blocks.addTiles(await packTiles(settled, tile, packTile));
  const overviews = cloudOptimized ? listOverviews(strip.whole) : [];
  const placed = overviews.map((overview) => {
    const { from, rows, samples } = shrunkRows(settled, bands, settled.dataType, overview);
    return { first: from, rows, offset: blocks.add(samples) };
  });
  const packMasks = async (kind: MaskKind) =>
    blocks.addTiles(await packTiles(settled, tile, maskPacker(settled, masks ?? [], kind, tile)));
  const addMasks = async (given: NonNullable<RasterContent['masks']>): Promise<PartMasks> => {
    const isSame = given.every((mask) => mask === given[0]);
    const all: Mask = new Uint8Array(settled.width * settled.height).fill(1);
    const planes = (isSame ? given.slice(0, 1) : given).map((mask) => mask ?? all);
    return {
      ...(isSame && { shared: await packMasks('shared') }),
      ...(bands.length > 1 && { perBand: await packMasks('perBand') }),
      overviews: overviews.map((overview) =>
        blocks.add(shrunkRows(settled, planes, 'uint8', overview).samples),
      ),
    };
  };
  const file = await describeFile(settled, strip, { cloudOptimized, compression, tile, overviews });
  return blocks.join({
    file,
    first,
    end,
    lengths,
    overviews: placed,
    ...(masks && { masks: await addMasks(masks) }),
    ...(alpha && { alpha }),
  });
}

/** The directories are those of the whole raster, and so the same in each part. */
async function describeFile(
  content: RasterContent,
  { whole: { width, height, transform } }: Strip,
  {
    cloudOptimized,
    compression,
    tile,
    overviews,
  }: Pick<PartsFile, 'cloudOptimized' | 'compression' | 'tile'> & { readonly overviews: readonly Overview[] },
): Promise<PartsFile> {
  const { code, predictor } = tilePacker(content, compression, tile);
  const { crs, dataType, nodata, bands } = content;
  const whole: RasterContent = { ...content, width, height, transform };
  const encoding = { compression: code, predictor, tile };
  const geoKeys = (crs && (await buildGeoKeys(crs))) ?? new Map();
  return {
    cloudOptimized,
    compression,
    tile,
    dataType,
    bandCount: bands.length,
    ...(nodata === undefined ? {} : { nodata: packNumbers([nodata]) }),
    width,
    height,
    directories: [
      packEntries(buildEntries(whole, { ...encoding, isOverview: false, geoKeys })),
      ...overviews.map((overview) =>
        packEntries(
          buildEntries({ ...whole, ...overview }, { ...encoding, isOverview: true, geoKeys: new Map() }),
        ),
      ),
    ],
  };
}

/** The rows of an overview that are rows of a strip: the first of them, how many, and their samples in each plane. */
function shrunkRows(
  { width, strip }: RasterContent,
  planes: readonly Samples[],
  dataType: DataType,
  overview: Overview,
): { readonly from: number; readonly rows: number; readonly samples: Samples } {
  if (!strip) throw new Error('The raster is no strip of another one.');
  const { row: top, first, end, whole } = strip;
  const isIn = (row: number) => {
    const source = findSourceRow(row, overview, whole.height);
    return source >= first && source < end;
  };
  let from = Math.max(0, Math.floor(first / overview.factor) - 1);
  while (from < overview.height && !isIn(from)) from++;
  let to = from;
  while (to < overview.height && isIn(to)) to++;
  const samples = newSamples(dataType, (to - from) * planes.length * overview.width);
  let at = 0;
  for (let row = from; row < to; row++) {
    const start = (findSourceRow(row, overview, whole.height) - top) * width;
    for (const pixels of planes) {
      shrinkRow(pixels, start, width, overview, samples, at);
      at += overview.width;
    }
  }
  return { from, rows: to - from, samples };
}

/** What comes behind the index of a part, block by block. */
class Blocks {
  readonly #frame: number;
  readonly #blocks: { readonly offset: number; readonly bytes: Uint8Array; readonly isTile: boolean }[] = [];
  #size = 0;

  constructor(frame: number) {
    this.#frame = frame;
  }

  /** @returns its offset */
  add({ buffer, byteOffset, byteLength }: Samples): number {
    return this.#place(new Uint8Array(buffer, byteOffset, byteLength), 0);
  }

  addTiles(tiles: readonly Uint8Array[]): PackedTiles {
    const offset = this.#size;
    for (const tile of tiles) this.#place(tile, this.#frame);
    return { offset, lengths: tiles.map(({ length }) => length) };
  }

  join(index: PartIndex): Uint8Array {
    const head = indexBytes(index);
    const bytes = new Uint8Array(head.length + this.#size);
    bytes.set(head);
    for (const block of this.#blocks)
      putTile(block.bytes, bytes, head.length + block.offset, block.isTile && this.#frame > 0);
    return bytes;
  }

  #place(bytes: Uint8Array, frame: number): number {
    const offset = this.#size + frame;
    this.#blocks.push({ offset, bytes, isTile: frame > 0 });
    this.#size += bytes.length + 2 * frame;
    return offset;
  }
}
