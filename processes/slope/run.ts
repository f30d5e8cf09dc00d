import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { computeTerrain, SURFACE } from '../../geo/raster/terrain/surface.ts';
import { warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';

/** The length of the gradient at each pixel. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  warnOfScale(raster, inputs.band, context);
  const { algorithm, unit, zFactor } = inputs;
  const kernel = { name: 'slope', algorithm, unit, zFactor } as const;
  const surface = await computeTerrain(raster, inputs, kernel, SURFACE, context);
  return { result: await writeRaster({ ...surface, meanings: [{ unit }] }, context.format('result')) };
};
