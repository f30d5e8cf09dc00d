import type { Run } from '../../core/processes/declaration.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import { type BandStatistics, computeStatistics } from './band-statistics.ts';
import { presentValues } from './present-values.ts';
import type declaration from './process.ts';

/** Summarises one band after the other. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openRaster(inputs.raster, context);
  const numbers = inputs.bands ?? opened.bands.map((_, index) => index + 1);
  for (const [index, band] of numbers.entries()) checkBand(opened, band, `/inputs/bands/${index}`);
  const { scaled } = inputs;
  const raster = scaleValues(opened, numbers, scaled, context);
  checkPixels(raster, undefined, context, numbers.length);
  const bands: BandStatistics[] = [];
  for (const band of numbers) {
    const values = await presentValues(raster, band, context);
    const nodataCount = raster.width * raster.height - values.length;
    const statistics = await computeStatistics(values, inputs.percentiles, inputs.histogramBins, context);
    const { unit } = requirePresent(raster.bands[band - 1], 'The band');
    bands.push({
      band,
      scaled,
      ...(unit !== undefined && { unit }),
      count: values.length,
      nodataCount,
      ...statistics,
    });
  }
  return { result: { bands } };
};
