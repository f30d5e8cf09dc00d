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

/** @throws FormatError for samples that are no numbers that can be computed with, and for bands of different types */
export async function readSampleEncoding(image: TiffImage): Promise<SampleType> {
  const bits = await readTagNumbers(image, TiffTag.BitsPerSample, [1]);
  const formats = await readTagNumbers(image, TiffTag.SampleFormat, [SampleFormat.Uint]);
  const isUniform = (values: ArrayLike<number>) => Array.from(values).every((value) => value === values[0]);
  if (!isUniform(bits) || !isUniform(formats)) throw new FormatError('its bands have different data types');
  const bitsPerSample = bits[0] ?? 0;
  const format = formats[0] === SampleFormat.Void ? SampleFormat.Uint : (formats[0] ?? 0);
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
  if (format === SampleFormat.ComplexFloat || format === SampleFormat.ComplexInt)
    throw new FormatError(
      'its samples are complex numbers, which are not supported; write the component that you need to a separate file, such as the magnitude: gdal_translate DERIVED_SUBDATASET:AMPLITUDE:in.tif out.tif',
    );
  throw new FormatError(
    `its samples have ${bitsPerSample} bits in the sample format ${format}; only unsigned integers of 1 to 32 and 64 bits, signed integers of 8, 16, 32 and 64 bits, and floating point of 16, 24, 32 and 64 bits can be read`,
  );
}

const chooseUnsigned = (bits: number): DataType => (bits <= 8 ? 'uint8' : bits <= 16 ? 'uint16' : 'uint32');
