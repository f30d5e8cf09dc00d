import type { Source } from '../../../../core/run/context.ts';
import { FormatError } from '../../../../core/shared/format-error.ts';
import type { Samples, Window } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { BlockCache } from './block-cache.ts';
import type { PictureBlock } from './codecs/codec.ts';
import { decodeSamples } from './decode-samples.ts';
import { decompress, pictureDecoder } from './decompress.ts';
import { computeBlockSize, countBandsOfBlock, type Layout } from './image-layout.ts';
import { type BlockPlace, type ByteRange, mergeRanges } from './ranges.ts';

/** Ranges that are read at the same time, and blocks of each that are unpacked at the same time, beside this thread. */
const AT_ONCE = 4;
/** Bytes that blocks have together while they are unpacked at the same time. */
const UNPACKED_AT_ONCE = 256 * 1024 * 1024;

/**
 * Reads windows of an image block by block; blocks that lie close to each other are read at once.
 *
 * @param missing value of blocks that were left out
 */
export function windowReader(
  source: Source,
  layout: Layout,
  missing: number,
): (band: number, window: Window) => Promise<Samples> {
  const cache = new BlockCache();
  const blockBytes = computeBlockSize(layout, layout.blockHeight);
  const atOnce = Math.min(AT_ONCE, Math.max(1, Math.floor(Math.sqrt(UNPACKED_AT_ONCE / blockBytes))));
  return async (band, window) => {
    const samples = newSamples(layout.dataType, window.width * window.height);
    const put = (index: number, block: Samples | undefined) =>
      copyBlock(block, blockWindow(layout, index), { samples, window, band, missing, layout });
    const absent: BlockPlace[] = [];
    for (const index of listBlocks(layout, band, window)) {
      const length = layout.byteCounts[index] ?? 0;
      const kept = length === 0 ? undefined : cache.get(index);
      if (kept || length === 0) put(index, kept);
      else absent.push({ index, offset: layout.offsets[index] ?? 0, length });
    }
    await eachAtOnce(atOnce, mergeRanges(absent), async (range) => {
      const bytes = await readRange(source, range);
      await eachAtOnce(atOnce, range.blocks, async (place) => {
        const block = await unpacked(bytes.subarray(place.offset - range.offset), place, layout);
        put(place.index, block);
        cache.put(place.index, block);
      });
    });
    return samples;
  };
}

/** Indices of the blocks that a window of a band meets. */
function* listBlocks(
  layout: Layout,
  band: number,
  { column, row, width, height }: Window,
): Generator<number> {
  const { blockWidth, blockHeight, blockColumns, blockRows } = layout;
  const plane = Math.floor((band - 1) / countBandsOfBlock(layout)) * blockColumns * blockRows;
  for (let y = Math.floor(row / blockHeight); y * blockHeight < row + height; y++)
    for (let x = Math.floor(column / blockWidth); x * blockWidth < column + width; x++)
      yield plane + y * blockColumns + x;
}

/** The pixels of a block; tiles at the edge reach beyond the image. */
function blockWindow(layout: Layout, index: number): Window {
  const { blockWidth, blockHeight, blockColumns, blockRows } = layout;
  const inPlane = index % (blockColumns * blockRows);
  const row = Math.floor(inPlane / blockColumns) * blockHeight;
  const height = layout.tiled ? blockHeight : Math.min(blockHeight, layout.height - row);
  return { column: (inPlane % blockColumns) * blockWidth, row, width: blockWidth, height };
}

/** Does something to each of many items, to a few at the same time. */
async function eachAtOnce<Item>(
  atOnce: number,
  items: readonly Item[],
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const work = async () => {
    for (const item of waiting) await action(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function readRange(source: Source, { offset, length }: ByteRange): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw new FormatError('it ends in the middle of a block');
  return bytes;
}

/** @param bytes begin with those of the block */
async function unpacked(bytes: Uint8Array, { index, length }: BlockPlace, layout: Layout): Promise<Samples> {
  const decode = await pictureDecoder(layout.compression);
  if (decode) return decode(pictureBlock(bytes.subarray(0, length), index, layout));
  const least = computeBlockSize(layout, blockWindow(layout, index).height);
  const most = computeBlockSize(layout, layout.blockHeight);
  const block = await decompress(bytes.subarray(0, length), layout.compression, least, most);
  // A buffer of its own, which the samples may look at and the predictor may change. (slice() of a Buffer copies nothing.)
  const own = block.buffer === bytes.buffer || block.byteOffset % 8 !== 0 ? new Uint8Array(block) : block;
  return decodeSamples(own.subarray(0, least), layout);
}

function pictureBlock(bytes: Uint8Array, index: number, layout: Layout): PictureBlock {
  return {
    ...layout.picture,
    bytes,
    width: layout.blockWidth,
    height: blockWindow(layout, index).height,
    components: countBandsOfBlock(layout),
    samples: (pixels) => newSamples(layout.dataType, pixels),
  };
}

interface Target {
  readonly samples: Samples;
  readonly window: Window;
  readonly band: number;
  readonly missing: number;
  readonly layout: Layout;
}

/** Copies what a block and a window have in common. */
function copyBlock(
  block: Samples | undefined,
  place: Window,
  { samples, window, band, missing, layout }: Target,
): void {
  const left = Math.max(place.column, window.column);
  const right = Math.min(place.column + place.width, window.column + window.width);
  const top = Math.max(place.row, window.row);
  const bottom = Math.min(place.row + place.height, window.row + window.height);
  const stride = countBandsOfBlock(layout);
  const first = (band - 1) % stride;
  for (let row = top; row < bottom; row++) {
    const to = (row - window.row) * window.width - window.column;
    const from = (row - place.row) * place.width - place.column;
    if (!block) samples.fill(missing, to + left, to + right);
    else if (stride === 1) samples.set(block.subarray(from + left, from + right), to + left);
    else
      for (let column = left; column < right; column++)
        samples[to + column] = block[(from + column) * stride + first] ?? Number.NaN;
  }
}
