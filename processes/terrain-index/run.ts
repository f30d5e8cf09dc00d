import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { ANY_SURFACE, computeTerrain } from '../../geo/raster/terrain/surface.ts';
import { unitOfBand, warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';

/** How a pixel differs from its eight neighbours. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  warnOfScale(raster, inputs.band, context);
  const kernel = { name: 'index', index: inputs.index } as const;
  const surface = await computeTerrain(raster, inputs, kernel, ANY_SURFACE, context);
  const content = { ...surface, meanings: [unitOfBand(raster, inputs.band)] };
  return { result: await writeRaster(content, context.format('result')) };
};
