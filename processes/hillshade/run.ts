import type { Run } from '../../core/processes/declaration.ts';
import { checkBand } from '../engines/raster/band.ts';
import { openRaster } from '../engines/raster/open-raster.ts';
import { groundOf } from '../engines/raster/terrain/ground.ts';
import { hillshadeKernel } from '../engines/raster/terrain/hillshade.ts';
import { eachNeighbourhood } from '../engines/raster/terrain/neighbourhoods.ts';
import { writeRaster } from '../engines/raster/write-raster.ts';
import type declaration from './process.ts';

const NODATA = 0;

/** Shades each pixel by the angle between the light and the slope around it. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  const kernel = hillshadeKernel(inputs.algorithm, inputs, groundOf(raster, inputs.scale));
  const { width, height, transform, crs } = raster;
  const shades = new Uint8Array(width * height);
  const store = (row: number, results: Float32Array) => {
    const start = row * width;
    for (let column = 0; column < width; column++) {
      const shade = results[column]!;
      shades[start + column] = Number.isNaN(shade) ? NODATA : shade;
    }
  };
  await eachNeighbourhood(raster, inputs.band, kernel, inputs.computeEdges, store, context);
  const content = {
    width,
    height,
    transform,
    crs,
    dataType: 'uint8',
    nodata: NODATA,
    bands: [shades],
  } as const;
  return { result: await writeRaster(content, context.format('result')) };
};
