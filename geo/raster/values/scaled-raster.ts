import type { RunContext } from '../../../core/run/context.ts';
import { type Band, type BandMeaning, bandAt, type Raster } from '../raster.ts';
import { readValues } from './read-values.ts';

const isScaled = ({ scale = 1, offset = 0 }: Band): boolean => scale !== 1 || offset !== 0;

/**
 * What values that are computed from those of a band (1-based), and are of the same kind, mean: its unit. Nothing where the band has a
 * scale, as they are computed from the values as they are stored, which are not in that unit.
 */
export function unitOfBand(raster: Pick<Raster, 'bands'>, number: number): BandMeaning {
  const band = bandAt(raster, number);
  return band.unit === undefined || isScaled(band) ? {} : { unit: band.unit };
}

/**
 * The raster whose values are used: with the scale and offset of its bands, or as they are stored.
 *
 * @param scaled whether scale and offset are applied
 * @param bands numbers of the bands that are used; where theirs are not applied, the client is told
 */
export function scaleValues(
  raster: Raster,
  bands: readonly number[],
  scaled: boolean,
  context: RunContext,
): Raster {
  if (!scaled) {
    for (const band of bands) warnOfScale(raster, band, context, 'Set "scaled" to apply them.');
    return raster;
  }
  if (!raster.bands.some(isScaled)) return raster;
  const { readMask: _, ...rest } = raster;
  return {
    ...rest,
    // Missing pixels are NaN.
    bands: raster.bands.map(
      ({ nodata: _nodata, scale: _scale, offset: _offset, ...same }): Band => ({
        ...same,
        dataType: 'float64',
      }),
    ),
    read: async (band, window) => {
      const values = await readValues(raster, band, window);
      const { scale = 1, offset = 0 } = bandAt(raster, band);
      for (let index = 0; index < values.length; index++)
        values[index] = (values[index] ?? 0) * scale + offset;
      return values;
    },
  };
}

/** Tells the client that values are computed as they are stored, although the band has a scale or an offset. */
export function warnOfScale(raster: Raster, number: number, context: RunContext, advice = ''): void {
  const band = bandAt(raster, number);
  if (!isScaled(band)) return;
  const { scale = 1, offset = 0 } = band;
  context.warn(
    `Band ${number} has the scale ${scale} and the offset ${offset}; the result is computed from the stored values. ${advice}`.trimEnd(),
    { input: raster.pointer },
  );
}
