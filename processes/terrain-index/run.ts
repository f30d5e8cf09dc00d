import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { SURFACE, surfaceOf } from '../../geo/raster/terrain/surface.ts';
import type declaration from './process.ts';

/** How a pixel differs from its eight neighbours. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  const kernel = { name: 'index', index: inputs.index } as const;
  const surface = await surfaceOf(raster, inputs, kernel, SURFACE, context);
  return { result: await writeRaster(surface, context.format('result')) };
};
