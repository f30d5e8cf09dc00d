import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { computeTerrain } from '../../geo/raster/terrain/surface.ts';
import { defaultNodata } from '../../geo/raster/values/nodata.ts';
import { settleSurface } from '../../geo/raster/values/result-band.ts';
import { unitOfBand, warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';

const UNSETTLED = { dataType: 'float32', nodata: Number.NaN } as const;

/** How a pixel differs from its eight neighbours. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  warnOfScale(raster, inputs.band, context);
  const kernel = { name: 'index', index: inputs.index } as const;
  // A position index may be any number, also that of nodata.
  const { bands, ...grid } = await computeTerrain(raster, inputs, kernel, UNSETTLED, context);
  const meanings = [unitOfBand(raster, inputs.band)];
  const content = { ...grid, ...settleSurface(bands[0] as Float32Array, defaultNodata, raster), meanings };
  return { result: await writeRaster(content, context.format('result')) };
};
