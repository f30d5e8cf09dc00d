import { TiffTag } from '@cogeotiff/core';
import type { RunContext, Source } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { BeyondReader, FormatError, parsingAsync, readingError } from '../../../core/shared/format-error.ts';
import { rasterInputFormats } from '../../../core/shared/formats.ts';
import { describeWrongKind } from '../../formats/wrong-kind.ts';
import { checkPixelCount } from '../pixel-limits.ts';
import type { Band, DataType, Raster, Window } from '../raster.ts';
import { dividedRaster } from '../strip.ts';
import { transformFromUnit } from '../transform-in-unit.ts';
import { fitsType } from '../values/data-types.ts';
import type { RasterByGdal } from './by-gdal/raster-by-gdal.ts';
import { masksOfParts, partsOfBands, remarkOnParts } from './tiff/complex-bands.ts';
import { readGeoreference } from './tiff/georeference.ts';
import { readLayout } from './tiff/image-layout.ts';
import { findMasks } from './tiff/mask.ts';
import { readMeaning } from './tiff/meaning.ts';
import { NoTiff, openTiff } from './tiff/open-tiff.ts';
import { windowReader } from './tiff/read-blocks.ts';
import { readStorage } from './tiff/storage.ts';

/**
 * Opens a raster. Of a GeoTIFF or Cloud Optimized GeoTIFF the header only is read, and overviews are not looked at; what
 * is neither, or has blocks of a kind that is not known here, is translated by GDAL first. Where the run is about some of its
 * rows, it is a strip of them.
 *
 * @param pointer JSON pointer for error messages; that of the source where absent
 * @throws InvalidInput when its format is not known, it is damaged, or has a kind of samples that cannot be read;
 *   WorkToDivide when it is too large for a run that can be divided
 */
export const openRaster = async (
  source: Source,
  context: RunContext,
  pointer = source.pointer,
): Promise<Raster> => dividedRaster(await openWholeRaster(source, context, pointer), context);

/** The same, whatever the run is about: for who divides it when more is known. */
export const openWholeRaster = (
  source: Source,
  context: RunContext,
  pointer = source.pointer,
): Promise<Raster> => open(source, context, pointer);

/** What is said of a raster beside its pixels. */
export type RasterHeader = Omit<Raster, 'read' | 'readMask' | 'strip'>;

/**
 * The same for who reads no pixel: of a file that GDAL translates only the header is, however many pixels it has.
 *
 * @throws InvalidInput as `openRaster` does
 */
export const openRasterHeader = (source: Source, context: RunContext): Promise<RasterHeader> =>
  open(source, context, source.pointer, { headerOnly: true });

async function open(
  source: Source,
  context: RunContext,
  pointer: string,
  { headerOnly }: { readonly headerOnly?: boolean } = {},
): Promise<Raster> {
  try {
    return await openTiffRaster(source, context, pointer);
  } catch (error) {
    const beyond = error instanceof InvalidInput && error.cause;
    if (!(beyond instanceof BeyondReader)) throw error;
    const { rasterByGdal } = await import('./by-gdal/raster-by-gdal.ts');
    const drivers = beyond instanceof NoTiff ? undefined : ['GTiff'];
    try {
      const translated = await rasterByGdal(source, context, pointer, { drivers, headerOnly });
      if (!translated) throw drivers ? error : await unknownFormat(source, pointer);
      for (const remark of translated.remarks) context.warn(remark, { input: pointer });
      const { storage: _, ...raster } = await openTiffRaster(translated.source, context, pointer, translated);
      return headerOnly ? { ...raster, ...headerOf(raster, translated) } : raster;
    } catch (cause) {
      // What GDAL says of a TIFF is no more than what we know.
      if (drivers && cause instanceof FormatError) throw error;
      const wrongKind = cause instanceof FormatError ? await describeWrongKind(source, 'raster') : undefined;
      if (wrongKind !== undefined) throw new InvalidInput(pointer, wrongKind);
      throw readingError(cause, pointer, 'a raster');
    }
  }
}

/** What a translation of the first pixel does not have of the file. */
const headerOf = (raster: Raster, { size, bands }: RasterByGdal) => ({
  width: size.width,
  height: size.height,
  bands: raster.bands.map((band, index): Band => {
    // Of complex numbers, there are two for each.
    const { unit = band.unit, statistics } =
      bands[Math.floor((index * bands.length) / raster.bands.length)] ?? {};
    const metadata = { ...band.metadata, ...statistics };
    return {
      ...band,
      ...(unit !== undefined && { unit }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
  }),
});

/** Pixels that are not exact are refused as they are read. */
const IN_DOUBLES =
  'The raster has 64-bit integers, which are read as 64-bit floating point. A value that would not be exact is refused.';

async function unknownFormat(source: Source, pointer: string): Promise<InvalidInput> {
  const known = rasterInputFormats.map(({ title }) => title).join(', ');
  const detail =
    (await describeWrongKind(source, 'raster')) ??
    `is not in any of the formats that can be read, such as ${known}, ERDAS Imagine, SRTM or Arc/Info ASCII grid; docs/guide/formats.md lists them all.`;
  return new InvalidInput(pointer, detail);
}

/** @param translated what is known of a raster that GDAL has translated into this GeoTIFF */
async function openTiffRaster(
  source: Source,
  context: RunContext,
  pointer: string,
  translated?: Pick<Raster, 'crs'>,
): Promise<Raster> {
  return explaining(pointer, async () => {
    const tiff = await openTiff(source);
    const [image] = tiff.images;
    if (!image) throw new FormatError('it has no image');
    const layout = await readLayout(image);
    const { remarks, ...own } = await readGeoreference(image);
    const crs = translated ? translated.crs : own.crs;
    const transform = transformFromUnit(own.transform, crs);
    const { width, height, dataType, bandCount, numbers } = layout;
    const isComplex = numbers === 2;
    const nodata = parseNodata(
      image.has(TiffTag.GdalNoData) ? await parsingAsync(() => image.fetch(TiffTag.GdalNoData)) : undefined,
      dataType,
    );
    const { bands: ofSamples, remarks: others, ...meaning } = await readMeaning(image, bandCount / numbers);
    const meanings = isComplex ? partsOfBands(ofSamples) : ofSamples;
    const told = [
      ...others,
      ...(/int64$/.test(layout.encoding) ? [IN_DOUBLES] : []),
      ...(isComplex ? [remarkOnParts(layout, nodata)] : []),
    ];
    for (const remark of translated?.crs ? told : [...remarks, ...told])
      context.warn(remark, { input: pointer });
    if (crs?.guess !== undefined) context.warn(crs.guess, { input: pointer });
    const bands = meanings.map(
      (band): Band => ({ dataType, ...band, ...(nodata === undefined || isComplex ? {} : { nodata }) }),
    );
    const read = windowReader(source, layout, nodata ?? 0);
    const inFile = await findMasks(tiff, source, layout, bands, read);
    const masks = isComplex && nodata !== undefined ? masksOfParts(nodata, read, inFile, bandCount) : inFile;
    const all: Window = { column: 0, row: 0, width, height };
    const reading = <T>(window: Window, action: () => Promise<T>): Promise<T> => {
      checkInside(window);
      checkPixelCount(window.width * window.height, pointer, context, 'read');
      return explaining(pointer, action);
    };
    return {
      pointer,
      width,
      height,
      transform,
      crs,
      bands,
      ...meaning,
      storage: await readStorage(tiff, layout, masks?.kind),
      read: async (number, window = all) => {
        if (number < 1 || number > bandCount) throw new Error(`The raster has no band ${number}`);
        return reading(window, () => read(number, window));
      },
      ...(masks && {
        readMask: async (number, window = all) => reading(window, () => masks.read(number, window)),
      }),
    };

    function checkInside({ column, row, width: across, height: down }: Window): void {
      if (column >= 0 && row >= 0 && column + across <= width && row + down <= height) return;
      throw new Error(`The window ${column}, ${row}, ${across}, ${down} is not in the raster`);
    }
  });
}

/** @throws InvalidInput for what is the file's fault; what else goes wrong is the service's */
async function explaining<T>(pointer: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw readingError(cause, pointer, 'GeoTIFF');
  }
}

/** Nodata as a number of the data type; undefined where the type has no such number. */
function parseNodata(value: unknown, dataType: DataType): number | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).replaceAll('\0', '').trim();
  const number = /^-?nan$/i.test(text)
    ? Number.NaN
    : Number(text.replace(/^([+-]?)inf(inity)?$/i, '$1Infinity'));
  if (text === '' || (Number.isNaN(number) && !/^-?nan$/i.test(text))) return undefined;
  if (dataType === 'float32') return Math.fround(number);
  return fitsType(dataType, number) ? number : undefined;
}
