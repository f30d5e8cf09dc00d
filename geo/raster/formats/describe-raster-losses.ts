import { listed } from '../../../core/shared/quote.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import type { BandMeaning, RasterContent } from '../raster.ts';
import { isScaled } from './coverage-json/coverage-json.ts';
import { countShown, findPalette } from './png/png.ts';

/** What a format cannot say of a raster, in sentences: each is a warning of the run. */
export async function describeRasterLosses(content: RasterContent, mediaType: string): Promise<string[]> {
  switch (mediaType) {
    case MediaType.png:
      return describePngLosses(content);
    case MediaType.coverageJson:
      return describeCoverageLosses(content);
    default:
      return describeTiffLosses(content);
  }
}

async function describeTiffLosses(content: RasterContent): Promise<string[]> {
  const { crs, colorTable, meanings, dataType } = content;
  const sizes: Readonly<Record<string, number>> = { uint8: 256, uint16: 65_536 };
  const size = meanings?.[0]?.colorInterpretation === 'palette' ? (sizes[dataType] ?? 0) : 0;
  const unnamed = crs && !(await (await import('../../crs/build-geokeys.ts')).buildGeoKeys(crs));
  return [
    unnamed ? `The GeoTIFF does not record its CRS, ${crs.name}: GeoKeys cannot express it.` : '',
    colorTable && size === 0
      ? 'The colour table was dropped: a GeoTIFF has one only if its first band is a palette of 8 or 16 bits.'
      : '',
    colorTable && size > 0 && colorTable.length > size
      ? `The colours from ${size} on were dropped: the colour table of a GeoTIFF of type ${dataType} has ${size} entries.`
      : '',
  ].filter(Boolean);
}

/** What bands have that neither of the formats for screens has. */
function listItems({ metadata, meanings = [], colorTable }: RasterContent, keepsColours = false): string[] {
  const some = (has: (meaning: BandMeaning) => unknown) => meanings.some((meaning) => Boolean(has(meaning)));
  return [
    metadata || some((one) => one.metadata) ? 'metadata items' : '',
    colorTable && !keepsColours ? 'the colour table' : '',
  ].filter(Boolean);
}

function describeCoverageLosses(content: RasterContent): string[] {
  const { meanings = [], crs, bands, dataType } = content;
  const isInfinite = (value: number) => Math.abs(value) === Infinity;
  // Arrays of each type have methods of their own, which do not go together.
  const infinite =
    dataType.startsWith('float') && bands.some((band) => Array.prototype.some.call(band, isInfinite));
  const scaled = meanings.flatMap((meaning, index) => (isScaled(meaning) ? [String(index + 1)] : []));
  const roles = meanings.some(
    ({ colorInterpretation: role }) => role && role !== 'undefined' && role !== 'gray' && role !== 'palette',
  );
  const items = [...listItems(content), roles ? 'the colour interpretation of the bands' : ''].filter(
    Boolean,
  );
  return [
    scaled.length > 0
      ? `Scale and offset were applied to the values of ${scaled.length === 1 ? 'band' : 'bands'} ${listed(scaled)}: CoverageJSON cannot hold them.`
      : '',
    infinite ? 'Infinite values became null: JSON cannot hold them.' : '',
    items.length > 0 ? `CoverageJSON cannot hold ${items.join(', ')}.` : '',
    crs === undefined || crs.identifier || crs.model
      ? ''
      : `CoverageJSON cannot express its CRS, ${crs.name}.`,
  ].filter(Boolean);
}

function describePngLosses(content: RasterContent): string[] {
  const { bands, dataType, meanings = [], crs } = content;
  const shown = countShown(content);
  const palette = findPalette(content);
  const alpha = meanings.findIndex(({ colorInterpretation }) => colorInterpretation === 'alpha');
  const left = bands.flatMap((_, index) => (index < shown || index === alpha ? [] : [String(index + 1)]));
  const some = (has: (meaning: BandMeaning) => unknown) => meanings.some((meaning) => Boolean(has(meaning)));
  const items = [
    crs ? 'the georeferencing' : '',
    left.length > 0 ? `${left.length === 1 ? 'band' : 'bands'} ${listed(left)}` : '',
    some((one) => one.description) ? 'band names' : '',
    some((one) => one.unit) ? 'units' : '',
    some(isScaled) ? 'scales and offsets' : '',
    ...listItems(content, palette !== undefined),
  ].filter(Boolean);
  const stretched =
    dataType === 'uint8'
      ? ''
      : ' Its values are stretched between the 2nd and 98th percentiles to bytes, and are not those of the raster.';
  const lost = items.length > 0 ? ` It leaves out ${items.join(', ')}.` : '';
  return stretched || lost ? [`A PNG is for display.${stretched}${lost}`] : [];
}
