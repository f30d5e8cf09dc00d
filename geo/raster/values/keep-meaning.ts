import type { RunContext } from '../../../core/run/context.ts';
import type { BandMeaning, DataType, Metadata, Raster, RasterContent } from '../raster.ts';

/** What happens to pixels on their way into a result. */
export interface Change {
  readonly dataType: DataType;
  /** The result has all pixels of the raster, with the same values. */
  readonly samePixels: boolean;
}

type Kept = Pick<RasterContent, 'meanings' | 'colorTable' | 'metadata'>;

/**
 * What is said of a raster that still holds for a result whose pixels are copied or resampled from it: names, units, scales,
 * colours and items of metadata. Statistics hold only for the same pixels, and a table of colours only for small integers.
 */
export function keepMeaning(raster: Raster, { dataType, samePixels }: Change, context: RunContext): Kept {
  const { colorTable } = raster;
  const keepsColours = dataType === 'uint8' || dataType === 'uint16';
  if (colorTable && !keepsColours)
    context.warn(`The colour table was dropped: rasters of type ${dataType} cannot have one.`, {
      input: raster.pointer,
    });
  const kept = (items: Metadata) => (samePixels ? items : withoutStatistics(items));
  const meanings = raster.bands.map(({ dataType: _, nodata: __, metadata, ...meaning }): BandMeaning => {
    const isPalette = meaning.colorInterpretation === 'palette';
    return {
      ...meaning,
      ...(isPalette && !keepsColours && { colorInterpretation: 'gray' }),
      ...(metadata && { metadata: kept(metadata) }),
    };
  });
  const { metadata } = raster;
  return {
    meanings,
    ...(colorTable && keepsColours && { colorTable }),
    ...(metadata && { metadata: kept(metadata) }),
  };
}

/** The items of GDAL that count the pixels of a band. */
const withoutStatistics = (items: Metadata): Metadata =>
  Object.fromEntries(Object.entries(items).filter(([name]) => !name.startsWith('STATISTICS_')));
