import { SampleFormat, type TiffImage, TiffTag } from '@cogeotiff/core';
import { FormatError, parsingAsync } from '../../../../core/shared/format-error.ts';
import type { DataType } from '../../raster.ts';
import { isCompression } from './decompress.ts';

/** How the samples of an image lie in the file. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bandCount: number;
  readonly dataType: DataType;
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
  readonly compression: number;
  readonly predictor: number;
  /** Bands follow each other, instead of lying side by side in each pixel. */
  readonly separate: boolean;
  readonly tiled: boolean;
  /** Size of a tile; a strip is as wide as the image. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Place and bytes of each block; 0 bytes where the block was left out because all of it is missing. */
  readonly offsets: ArrayLike<number>;
  readonly byteCounts: ArrayLike<number>;
}

const dataTypes: Readonly<Record<string, DataType>> = {
  [`${SampleFormat.Uint} 8`]: 'uint8',
  [`${SampleFormat.Int} 8`]: 'int8',
  [`${SampleFormat.Uint} 16`]: 'uint16',
  [`${SampleFormat.Int} 16`]: 'int16',
  [`${SampleFormat.Uint} 32`]: 'uint32',
  [`${SampleFormat.Int} 32`]: 'int32',
  [`${SampleFormat.Float} 32`]: 'float32',
  [`${SampleFormat.Float} 64`]: 'float64',
};

/** Bytes that one block may have when it is unpacked. */
const LARGEST_BLOCK = 1024 * 1024 * 1024;
/** Bytes of the pieces that one strip with the whole of an unpacked image is read in. */
const PIECE = 256 * 1024;

/**
 * @param bits the samples are bits: eight pixels are taken as one of a byte
 * @throws Error that says what is wrong with the image, or not supported.
 */
export async function layoutOf(image: TiffImage, bits = false): Promise<Layout> {
  const number = (tag: TiffTag, otherwise: number) => numberOf(image, tag, otherwise);
  const across = (pixels: number) => (bits ? Math.ceil(pixels / 8) : pixels);
  const width = across(await number(TiffTag.ImageWidth, 0));
  const height = await number(TiffTag.ImageHeight, 0);
  const bandCount = await number(TiffTag.SamplesPerPixel, 1);
  if (!isCount(width) || !isCount(height) || !isCount(bandCount))
    throw new FormatError('its image has no size');
  const dataType = bits ? 'uint8' : await dataTypeOf(image);
  const bytesPerSample = Number(/\d+/.exec(dataType)![0]) / 8;
  const compression = await number(TiffTag.Compression, 1);
  if (!isCompression(compression)) {
    throw new FormatError(
      `its compression has the code ${compression}; none, deflate, LZW, ZSTD and PackBits can be read`,
    );
  }
  const predictor = await number(TiffTag.Predictor, 1);
  if (![1, 2, 3].includes(predictor) || (predictor === 3 && !dataType.startsWith('float')))
    throw new FormatError(`its predictor ${predictor} is not known for ${dataType}`);
  if ((await number(TiffTag.FillOrder, 1)) !== 1) throw new FormatError('its bits are in the reverse order');
  const separate = bandCount > 1 && (await number(TiffTag.PlanarConfiguration, 1)) === 2;
  const tiled = image.has(TiffTag.TileWidth);
  const blockWidth = tiled ? across(await number(TiffTag.TileWidth, 0)) : width;
  const blockHeight = tiled
    ? await number(TiffTag.TileHeight, 0)
    : Math.min(height, await number(TiffTag.RowsPerStrip, height));
  if (!isCount(blockWidth) || !isCount(blockHeight)) throw new FormatError('its blocks have no size');
  const offsets = await numbersOf(image, tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
  const byteCounts = await numbersOf(image, tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts);
  const layout: Layout = {
    width,
    height,
    bandCount,
    dataType,
    bytesPerSample,
    littleEndian: image.tiff.isLittleEndian,
    compression,
    predictor: compression === 1 ? 1 : predictor,
    separate,
    tiled,
    blockWidth,
    blockHeight,
    blockColumns: Math.ceil(width / blockWidth),
    blockRows: Math.ceil(height / blockHeight),
    offsets,
    byteCounts,
  };
  return checked(inPieces(layout));
}

function checked(layout: Layout): Layout {
  const { blockColumns, blockRows, separate, bandCount, offsets, byteCounts } = layout;
  const blocks = blockColumns * blockRows * (separate ? bandCount : 1);
  if (offsets.length < blocks || byteCounts.length < blocks)
    throw new FormatError(`it has ${Math.min(offsets.length, byteCounts.length)} of its ${blocks} blocks`);
  if (bytesOfBlock(layout, layout.blockHeight) > LARGEST_BLOCK)
    throw new FormatError(
      `it has blocks of ${bytesOfBlock(layout, layout.blockHeight)} bytes, too many to read`,
    );
  return layout;
}

/** Bytes of a block when it is unpacked, with so many of its rows. */
export const bytesOfBlock = (layout: Layout, rows: number): number =>
  layout.blockWidth * rows * (layout.separate ? 1 : layout.bandCount) * layout.bytesPerSample;

/** Divides the one strip of an unpacked image, so that a window needs only its rows. */
function inPieces(layout: Layout): Layout {
  const { tiled, compression, separate, blockRows, height, offsets, byteCounts } = layout;
  const rowBytes = bytesOfBlock(layout, 1);
  const whole = byteCounts[0] === rowBytes * height;
  if (tiled || compression !== 1 || separate || blockRows > 1 || !whole) return layout;
  const blockHeight = Math.max(1, Math.floor(PIECE / rowBytes));
  const pieces = Math.ceil(height / blockHeight);
  const rows = (index: number) => Math.min(blockHeight, height - index * blockHeight);
  return {
    ...layout,
    blockHeight,
    blockRows: pieces,
    offsets: Array.from({ length: pieces }, (_, index) => offsets[0]! + index * blockHeight * rowBytes),
    byteCounts: Array.from({ length: pieces }, (_, index) => rows(index) * rowBytes),
  };
}

async function dataTypeOf(image: TiffImage): Promise<DataType> {
  const bits = await numbersOf(image, TiffTag.BitsPerSample, [1]);
  const formats = await numbersOf(image, TiffTag.SampleFormat, [SampleFormat.Uint]);
  const isUniform = (values: ArrayLike<number>) => Array.from(values).every((value) => value === values[0]);
  if (!isUniform(bits) || !isUniform(formats)) throw new FormatError('its bands have different data types');
  const format = formats[0] === SampleFormat.Void ? SampleFormat.Uint : formats[0];
  const dataType = dataTypes[`${format} ${bits[0]}`];
  if (dataType) return dataType;
  const known = 'integers of 8, 16 and 32 bits and floating point of 32 and 64 bits can be read';
  throw new FormatError(`its samples have ${bits[0]} bits in the sample format ${formats[0]}; ${known}`);
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0 && value < 2 ** 31;

async function numberOf(image: TiffImage, tag: TiffTag, otherwise: number): Promise<number> {
  const value = (await numbersOf(image, tag, [otherwise]))[0];
  return value ?? otherwise;
}

/** Values of a tag; the reader of headers gives one number, many, or an array of a type. */
export async function numbersOf(
  image: TiffImage,
  tag: TiffTag,
  otherwise: readonly number[] = [],
): Promise<ArrayLike<number>> {
  const value: unknown = image.has(tag as never)
    ? await parsingAsync(() => image.fetch(tag as never))
    : undefined;
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number') return [value];
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return value as unknown as ArrayLike<number>;
  throw new FormatError(`its tag ${tag} is no number`);
}
