import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { computeTerrain } from '../../geo/raster/terrain/surface.ts';
import { warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';

/** Shades each pixel by the angle between the light and the slope around it. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  warnOfScale(raster, inputs.band, context);
  const { algorithm, azimuth, altitude, zFactor } = inputs;
  const light = { azimuth, altitude, zFactor };
  const kernel = { name: 'hillshade', algorithm, light } as const;
  const shades = await computeTerrain(raster, inputs, kernel, { dataType: 'uint8', nodata: 0 }, context);
  return { result: await writeRaster(shades, context.format('result')) };
};
