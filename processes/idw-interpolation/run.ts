import type { Run } from '../../core/processes/declaration.ts';
import { readLayer } from '../engines/layers/read.ts';
import { outputGrid } from '../engines/raster/output-grid.ts';
import { writeRaster } from '../engines/raster/write-raster.ts';
import { USUAL_NODATA } from '../engines/raster-values/store-values.ts';
import { sitesOf } from '../engines/surfaces/sites.ts';
import { surfaceOf } from '../engines/surfaces/surface.ts';
import type declaration from './process.ts';

/** Interpolates in the plane of the CRS of the grid. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const { grid, layer: moved } = await outputGrid(inputs, layer, context);
  const sites = sitesOf(moved, grid, inputs.valueField, '/inputs/valueField', 'interpolation');
  const nodata = USUAL_NODATA;
  const { power, radius } = inputs;
  const surface = { method: 'inverseDistance', power, radius, nodata } as const;
  const samples = await surfaceOf(grid, sites, surface, context, 'Interpolating');
  const content = { ...grid, dataType: 'float32', nodata, bands: [samples] } as const;
  return { result: await writeRaster(content, context.format('result')) };
};
