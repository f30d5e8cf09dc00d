import { type TiffImage, TiffTag } from '@cogeotiff/core';
import { BeyondReader, FormatError } from '../../../../core/shared/format-error.ts';
import type { DataType } from '../../raster.ts';
import type { PictureBlock } from './codecs/codec.ts';
import { Photometric } from './colours.ts';
import { holdsPictures, isCompression } from './decompress.ts';
import { readSampleEncoding, type SampleEncoding, type SampleType } from './sample-encoding.ts';
import { readTagNumber, readTagNumbers } from './tags.ts';

/** How the samples of an image lie in the file. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Bands; those of complex samples count twice. */
  readonly bandCount: number;
  /** Numbers in a sample: two of a complex one, each in a band. */
  readonly numbers: 1 | 2;
  readonly dataType: DataType;
  /** How samples of the data type are written in the file. */
  readonly encoding: SampleEncoding;
  /** Bits of a sample in the file. */
  readonly bitsPerSample: number;
  readonly littleEndian: boolean;
  /** The first pixel is in the lowest bit of a byte. */
  readonly reversedBits: boolean;
  readonly compression: number;
  readonly predictor: number;
  /** What it takes to decode blocks that are pictures. */
  readonly picture: Pick<PictureBlock, 'yCbCr' | 'tables' | 'packing'>;
  /** Bands follow each other, instead of lying side by side in each pixel. */
  readonly separate: boolean;
  readonly tiled: boolean;
  /** Size of a tile; a strip is as wide as the image. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** The same as the file has it, whatever pieces it is read in. */
  readonly fileBlockSize: readonly [width: number, height: number];
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Place and bytes of each block; 0 bytes where the block was left out because all of it is missing. */
  readonly offsets: ArrayLike<number>;
  readonly byteCounts: ArrayLike<number>;
}

/** Bytes that one block may have when it is unpacked: all that a process takes in one strip of floating point. */
const LARGEST_BLOCK = 400_000_000;
/** Bytes of the pieces that one strip with the whole of an unpacked image is read in. */
const PIECE = 256 * 1024;
/** Pieces of a strip at most: what has more rows than this is larger than any process takes. */
const MOST_PIECES = 1_000_000;

/** @throws FormatError that says what is wrong with the image, or not supported. */
export async function readLayout(image: TiffImage): Promise<Layout> {
  const number = (tag: TiffTag, otherwise: number) => readTagNumber(image, tag, otherwise);
  const width = await number(TiffTag.ImageWidth, 0);
  const height = await number(TiffTag.ImageHeight, 0);
  const sampleCount = await number(TiffTag.SamplesPerPixel, 1);
  if (!isCount(width) || !isCount(height) || !isCount(sampleCount))
    throw new FormatError('the width, height or number of bands of its image is not valid');
  const { dataType, bitsPerSample, encoding, numbers } = await readSampleEncoding(image);
  const compression = await number(TiffTag.Compression, 1);
  if (!isCompression(compression)) {
    throw new BeyondReader(
      `its compression code ${compression} is not supported; none, deflate, LZW, LZMA, ZSTD, PackBits, JPEG, LERC and WebP are`,
    );
  }
  const predictor = await number(TiffTag.Predictor, 1);
  checkPredictor(predictor, { dataType, encoding, bitsPerSample, numbers });
  const separate = sampleCount > 1 && (await number(TiffTag.PlanarConfiguration, 1)) === 2;
  const tiled = image.has(TiffTag.TileWidth);
  const blockWidth = tiled ? await number(TiffTag.TileWidth, 0) : width;
  const blockHeight = tiled
    ? await number(TiffTag.TileHeight, 0)
    : Math.min(height, await number(TiffTag.RowsPerStrip, height));
  if (!isCount(blockWidth) || !isCount(blockHeight))
    throw new FormatError('the size of its blocks is not valid');
  const offsets = await readTagNumbers(image, tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
  const byteCounts = await readTagNumbers(image, tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts);
  const layout: Layout = {
    width,
    height,
    bandCount: sampleCount * numbers,
    numbers,
    dataType,
    encoding,
    bitsPerSample,
    littleEndian: image.tiff.isLittleEndian,
    reversedBits: (await number(TiffTag.FillOrder, 1)) === 2,
    compression,
    predictor: compression === 1 || holdsPictures(compression) ? 1 : predictor,
    picture: await readPicture(image, compression, encoding === 'plain' && numbers === 1),
    separate,
    tiled,
    blockWidth,
    blockHeight,
    fileBlockSize: [blockWidth, blockHeight],
    blockColumns: Math.ceil(width / blockWidth),
    blockRows: Math.ceil(height / blockHeight),
    offsets,
    byteCounts,
  };
  return checked(inPieces(layout));
}

function checked(layout: Layout): Layout {
  const { blockColumns, blockRows, bandCount, offsets, byteCounts } = layout;
  const blocks = (blockColumns * blockRows * bandCount) / countBandsOfBlock(layout);
  if (offsets.length < blocks || byteCounts.length < blocks)
    throw new FormatError(
      `it has only ${Math.min(offsets.length, byteCounts.length)} of its ${blocks} blocks`,
    );
  if (computeBlockSize(layout, layout.blockHeight) > LARGEST_BLOCK)
    throw new FormatError(
      `its blocks of ${computeBlockSize(layout, layout.blockHeight)} bytes are too large to read`,
    );
  return layout;
}

/** Bands that lie side by side in each block. */
export const countBandsOfBlock = ({
  separate,
  numbers,
  bandCount,
}: Pick<Layout, 'separate' | 'numbers' | 'bandCount'>): number => (separate ? numbers : bandCount);

/** Bytes of a block when it is unpacked, with so many of its rows. */
export const computeBlockSize = (layout: Layout, rows: number): number =>
  rows * Math.ceil((layout.blockWidth * countBandsOfBlock(layout) * layout.bitsPerSample) / 8);

/** Divides the one strip of an unpacked image, so that a window needs only its rows. */
function inPieces(layout: Layout): Layout {
  const { tiled, compression, separate, blockRows, height, offsets, byteCounts } = layout;
  const rowBytes = computeBlockSize(layout, 1);
  const whole = byteCounts[0] === rowBytes * height;
  if (tiled || compression !== 1 || separate || blockRows > 1 || !whole) return layout;
  const blockHeight = Math.max(1, Math.floor(PIECE / rowBytes));
  const start = offsets[0] ?? 0;
  const pieces = Math.ceil(height / blockHeight);
  if (pieces > MOST_PIECES) return layout;
  const rows = (index: number) => Math.min(blockHeight, height - index * blockHeight);
  return {
    ...layout,
    blockHeight,
    blockRows: pieces,
    offsets: Array.from({ length: pieces }, (_, index) => start + index * blockHeight * rowBytes),
    byteCounts: Array.from({ length: pieces }, (_, index) => rows(index) * rowBytes),
  };
}

const JPEG_TABLES = 347;
const LERC_PARAMETERS = 50_674;
const JPEG = 7;

async function readPicture(
  image: TiffImage,
  compression: number,
  isPlain: boolean,
): Promise<Layout['picture']> {
  const yCbCr = (await readTagNumber(image, TiffTag.Photometric, 1)) === Photometric.yCbCr;
  if (yCbCr && compression !== JPEG && !holdsPictures(compression))
    throw new BeyondReader('it is in the YCbCr colour space without JPEG compression, which cannot be read');
  if (holdsPictures(compression) && !isPlain)
    throw new FormatError(
      'its image-compressed blocks have samples that are complex or not whole bytes, which cannot be read',
    );
  const tables = await readTagNumbers(image, JPEG_TABLES);
  return {
    yCbCr,
    tables: tables.length > 0 ? Uint8Array.from(tables) : undefined,
    packing: (await readTagNumbers(image, LERC_PARAMETERS))[1] ?? 0,
  };
}

function checkPredictor(
  predictor: number,
  { dataType, encoding, bitsPerSample: bits, numbers }: SampleType,
): void {
  if (predictor === 1) return;
  // Differences are those of whole samples, not of their parts.
  if (numbers === 2)
    throw new BeyondReader(`its predictor ${predictor} is not supported for complex numbers`);
  const isFloating = dataType.startsWith('float') && !encoding.includes('int');
  const known = (predictor === 2 && [8, 16, 32, 64].includes(bits)) || (predictor === 3 && isFloating);
  if (!known) throw new FormatError(`its predictor ${predictor} is not supported for its samples`);
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0 && value < 2 ** 31;
