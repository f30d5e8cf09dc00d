import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../engines/raster/band.ts';
import { openRaster } from '../engines/raster/open-raster.ts';
import { indexKernels } from '../engines/raster/terrain/indices.ts';
import { surfaceOf } from '../engines/raster/terrain/surface.ts';
import { writeRaster } from '../engines/raster/write-raster.ts';
import type declaration from './process.ts';

/** How a pixel differs from its eight neighbours. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  const surface = await surfaceOf(raster, inputs, indexKernels[inputs.index], context);
  return { result: await writeRaster(surface, context.format('result')) };
};
