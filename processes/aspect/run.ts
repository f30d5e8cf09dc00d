import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { computeTerrain, SURFACE } from '../../geo/raster/terrain/surface.ts';
import type declaration from './process.ts';

/** The direction opposite to the gradient at each pixel. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  const flat = inputs.zeroForFlat ? 0 : Number.NaN;
  const { algorithm, trigonometric } = inputs;
  const kernel = { name: 'aspect', algorithm, trigonometric, flat } as const;
  const surface = await computeTerrain(raster, inputs, kernel, SURFACE, context);
  const content = { ...surface, meanings: [{ unit: 'degree' }] };
  return { result: await writeRaster(content, context.format('result')) };
};
