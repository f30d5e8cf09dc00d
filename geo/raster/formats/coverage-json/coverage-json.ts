import { InvalidInput, LimitExceeded } from '../../../../core/shared/errors.ts';
import { Crs84, MediaType } from '../../../../core/shared/uris.ts';
import { isNorthFirst } from '../../../crs/axis-order.ts';
import { type Crs, isWgs84 } from '../../../crs/crs.ts';
import { wktWithoutCode } from '../../../crs/definition-text.ts';
import { uriFromIdentifier } from '../../../crs/identifiers.ts';
import { type BandMeaning, missingTest, type RasterContent, type Samples } from '../../raster.ts';
import { findAlpha } from '../../values/settle-content.ts';

/** Pixels of all bands that are written as text. */
const PIXELS = 1_000_000;
const POINTER = '/outputs/result/format/mediaType';

/**
 * A raster as CoverageJSON (OGC 21-069r2): a coverage on a grid whose axes are the centres of the pixels, with one
 * parameter per band, with its name and unit. Missing pixels are null. The format has no scale: values with one are
 * written as the quantities that they stand for.
 *
 * @throws LimitExceeded above a million pixels, InvalidInput for grids that are not parallel to the axes
 */
export async function coverageJsonBytes(content: RasterContent): Promise<Uint8Array> {
  const { width, height, transform, bands, dataType, nodata, masks } = content;
  const pixels = width * height * bands.length;
  if (pixels > PIXELS) {
    throw new LimitExceeded(
      POINTER,
      `The result has ${pixels} pixels; as CoverageJSON it may have up to ${PIXELS}. Ask for ${MediaType.cog} instead.`,
    );
  }
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  if (xRow !== 0 || yColumn !== 0)
    throw new InvalidInput(
      POINTER,
      `The result is rotated, which CoverageJSON cannot express. Ask for ${MediaType.cog} instead.`,
    );
  const isMissing = missingTest({ dataType, ...(nodata === undefined ? {} : { nodata }) });
  const alpha = findAlpha(content.meanings);
  const isMasked = (band: number, pixel: number): boolean =>
    masks?.[band]?.[pixel] === 0 || (alpha !== undefined && alpha !== band && bands[alpha]?.[pixel] === 0);
  const isFloat = dataType.startsWith('float');
  const named = <T>(value: (band: Samples, index: number) => T) =>
    Object.fromEntries(bands.map((band, index) => [`band${index + 1}`, value(band, index)]));
  const coverage = {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: {
        x: buildAxis(x, xColumn, width),
        y: buildAxis(y, yRow, height),
      },
      referencing: content.crs === undefined ? [] : [await buildReferenceSystem(content.crs)],
    },
    parameters: named((_, index) => ({
      type: 'Parameter',
      observedProperty: { label: { en: content.meanings?.[index]?.description ?? `Band ${index + 1}` } },
      ...unitMember(content.meanings?.[index]?.unit),
    })),
    ranges: named((band, index) => ({
      type: 'NdArray',
      dataType: isFloat || isScaled(content.meanings?.[index]) ? 'float' : 'integer',
      axisNames: ['y', 'x'],
      shape: [height, width],
      values: Array.from(band, (value, pixel) =>
        isMasked(index, pixel) || isMissing(value) || !Number.isFinite(value)
          ? null
          : quantity(value, content.meanings?.[index]),
      ),
    })),
  };
  return new TextEncoder().encode(JSON.stringify(coverage));
}

const unitMember = (unit: string | undefined) => (unit ? { unit: { symbol: unit } } : {});

/** Whether the samples of a band stand for other numbers. */
export const isScaled = ({ scale = 1, offset = 0 }: BandMeaning = {}): boolean => scale !== 1 || offset !== 0;

const quantity = (value: number, { scale = 1, offset = 0 }: BandMeaning = {}): number =>
  value * scale + offset;

/** Centres of the pixels. */
const buildAxis = (origin: number, step: number, count: number) => ({
  start: origin + step / 2,
  stop: origin + step * (count - 0.5),
  num: count,
});

/** The CRS with the axes in the order of its definition: geographic ones of EPSG have the latitude first. */
async function buildReferenceSystem(crs: Crs) {
  const { isGeographic, identifier } = crs;
  const isCrs84 = isWgs84(crs);
  const id = isCrs84 ? Crs84 : identifier && uriFromIdentifier(identifier);
  const text = id === undefined ? wktWithoutCode(crs) : undefined;
  return {
    coordinates: !isCrs84 && (await isNorthFirst(crs)) ? ['y', 'x'] : ['x', 'y'],
    system: {
      type: isGeographic ? 'GeographicCRS' : 'ProjectedCRS',
      // What has no identifier is described.
      ...(text === undefined ? { id } : { description: { en: text } }),
    },
  };
}
