import type { Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Raster, Window } from '../../geo/raster/raster.ts';
import { dividedRaster, ownRows } from '../../geo/raster/strip.ts';
import { chooseFloatingType, weighPixel } from '../../geo/raster/values/data-types.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { unitOfBand, warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import { focalRow } from './focal-row.ts';
import type declaration from './process.ts';

/** Values (pixels times those around them) between two looks at the clock. */
const WORK = 1 << 22;

/** Goes through the band in strips, each read with the rows around it. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const { size, statistic } = inputs;
  if (size % 2 === 0) throw new InvalidInput('/inputs/size', `must be odd, but is ${size}.`);
  const whole = await openWholeRaster(inputs.raster, context);
  checkBand(whole, inputs.band, '/inputs/band');
  warnOfScale(whole, inputs.band, context);
  const band = requirePresent(whole.bands[inputs.band - 1], 'The band');
  const dataType = chooseFloatingType(band.dataType);
  const wanted = inputs.nodata;
  // Not the nodata of the band: a range of 0 is no missing pixel where 0 is nodata.
  const nodata = chooseNodata(dataType, { wanted, computed: true });
  const raster = dividedRaster(whole, context, { weight: weighPixel(dataType) });
  checkPixels(raster, undefined, context);
  checkPixelCount(raster.width * raster.height, inputs.raster.pointer, context);

  const { width, height, transform, crs, strip: part } = raster;
  const result = new ResultBand(dataType, width * height, nodata);
  const perPixel = statistic === 'median' ? size * size : 2 * size;
  const halo = (size - 1) / 2;
  const [first, end] = ownRows(raster);
  const read = (strip: Window) => readValues(raster, inputs.band, withHalo(strip, raster, halo));
  const pixels = Math.max(1, WORK / perPixel);
  for await (const [strip, values] of readStrips(raster, read, context, 'Summarising', pixels)) {
    const around = withHalo(strip, raster, halo);
    const computeRow = focalRow(statistic, size, { values, width, height: around.height });
    for (let row = Math.max(first, strip.row); row < Math.min(end, strip.row + strip.height); row++)
      result.store(row * width, computeRow(row - around.row));
  }
  const settled = settleBands([result], wanted !== undefined, raster);
  const grid = { width, height, transform, crs, ...(part && { strip: part }) };
  const content = { ...grid, dataType, ...settled, meanings: [unitOfBand(whole, inputs.band)] };
  return { result: await writeRaster(content, context.format('result')) };
};

function withHalo(strip: Window, { height }: Raster, halo: number): Window {
  const row = Math.max(0, strip.row - halo);
  return { ...strip, row, height: Math.min(height, strip.row + strip.height + halo) - row };
}
