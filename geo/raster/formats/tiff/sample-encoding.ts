import { SampleFormat, type TiffImage, TiffTag } from '@cogeotiff/core';
import { FormatError } from '../../../../core/shared/format-error.ts';
import type { DataType } from '../../raster.ts';
import { readTagNumbers } from './tags.ts';

/**
 * How samples are written: as numbers of the data type, as numbers of so many bits (packed, unless they are whole bytes), as
 * floating point of 16 or 24 bits, or as integers of 64 bits, which become doubles.
 */
export type SampleEncoding = 'plain' | 'bits' | 'half' | 'threeQuarters' | 'int64' | 'uint64';

export interface SampleType {
  readonly dataType: DataType;
  readonly bitsPerSample: number;
  readonly encoding: SampleEncoding;
  /** Numbers of this type in a sample: a complex one has a real and an imaginary part. */
  readonly numbers: 1 | 2;
}

const plainTypes: Readonly<Record<string, DataType>> = {
  [`${SampleFormat.Uint} 8`]: 'uint8',
  [`${SampleFormat.Int} 8`]: 'int8',
  [`${SampleFormat.Uint} 16`]: 'uint16',
  [`${SampleFormat.Int} 16`]: 'int16',
  [`${SampleFormat.Uint} 32`]: 'uint32',
  [`${SampleFormat.Int} 32`]: 'int32',
  [`${SampleFormat.Float} 32`]: 'float32',
  [`${SampleFormat.Float} 64`]: 'float64',
};

const otherTypes: Readonly<Record<string, readonly [DataType, SampleEncoding]>> = {
  [`${SampleFormat.Float} 16`]: ['float32', 'half'],
  [`${SampleFormat.Float} 24`]: ['float32', 'threeQuarters'],
  [`${SampleFormat.Int} 64`]: ['float64', 'int64'],
  [`${SampleFormat.Uint} 64`]: ['float64', 'uint64'],
};

/** Formats of complex numbers, and of their parts. */
const partFormats = new Map<number, number>([
  [SampleFormat.ComplexInt, SampleFormat.Int],
  [SampleFormat.ComplexFloat, SampleFormat.Float],
]);

/** @throws FormatError for samples that are no numbers that can be computed with, and for bands of different types */
export async function readSampleEncoding(image: TiffImage): Promise<SampleType> {
  const bits = await readTagNumbers(image, TiffTag.BitsPerSample, [1]);
  const format = await readSampleFormat(image);
  const isUniform = (values: ArrayLike<number>) => Array.from(values).every((value) => value === values[0]);
  if (!isUniform(bits) || format === undefined) throw new FormatError('its bands have different data types');
  const partFormat = partFormats.get(format);
  const numbers = partFormat === undefined ? 1 : 2;
  return { ...numberEncoding(partFormat ?? format, (bits[0] ?? 0) / numbers), numbers };
}

/** How many numbers a sample has. */
export async function countNumbers(image: TiffImage): Promise<1 | 2> {
  const format = await readSampleFormat(image);
  return format !== undefined && partFormats.has(format) ? 2 : 1;
}

/** Undefined where bands have different ones. */
async function readSampleFormat(image: TiffImage): Promise<SampleFormat | undefined> {
  const formats = await readTagNumbers(image, TiffTag.SampleFormat, [SampleFormat.Uint]);
  const [first = 0] = [formats[0]];
  if (!Array.from(formats).every((format) => format === first)) return undefined;
  return first === SampleFormat.Void ? SampleFormat.Uint : first;
}

function numberEncoding(format: number, bitsPerSample: number): Omit<SampleType, 'numbers'> {
  const plain = plainTypes[`${format} ${bitsPerSample}`];
  if (plain) return { dataType: plain, bitsPerSample, encoding: 'plain' };
  const [dataType, encoding] = otherTypes[`${format} ${bitsPerSample}`] ?? [];
  if (dataType && encoding) return { dataType, bitsPerSample, encoding };
  if (
    format === SampleFormat.Uint &&
    Number.isInteger(bitsPerSample) &&
    bitsPerSample > 0 &&
    bitsPerSample < 32
  )
    return { dataType: chooseUnsigned(bitsPerSample), bitsPerSample, encoding: 'bits' };
  throw new FormatError(
    `its samples have ${bitsPerSample} bits in the sample format ${format}; only unsigned integers of 1 to 32 and 64 bits, signed integers of 8, 16, 32 and 64 bits, floating point of 16, 24, 32 and 64 bits, and complex numbers of two of these can be read`,
  );
}

const chooseUnsigned = (bits: number): DataType => (bits <= 8 ? 'uint8' : bits <= 16 ? 'uint16' : 'uint32');
