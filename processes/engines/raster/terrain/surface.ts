import type { RunContext } from '../../../../core/processes/declaration.ts';
import type { Raster, RasterContent } from '../raster.ts';
import { eachNeighbourhood, type Kernel } from './neighbourhoods.ts';

const NODATA = -9999;

/** A raster of single precision on the same grid, computed by a kernel; -9999 where it is missing. */
export async function surfaceOf(
  raster: Raster,
  { band, computeEdges }: { readonly band: number; readonly computeEdges: boolean },
  kernel: Kernel,
  context: RunContext,
): Promise<RasterContent> {
  const { width, height, transform, crs } = raster;
  const values = new Float32Array(width * height);
  const store = (row: number, results: Float32Array) => {
    const start = row * width;
    for (let column = 0; column < width; column++) {
      const value = results[column]!;
      values[start + column] = Number.isNaN(value) ? NODATA : value;
    }
  };
  await eachNeighbourhood(raster, band, kernel, computeEdges, store, context);
  return { width, height, transform, crs, dataType: 'float32', nodata: NODATA, bands: [values] };
}
