import type { Run } from '../../core/processes/declaration.ts';
import { fromUnit } from '../../geo/crs/angular-unit.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { outputGrid } from '../../geo/raster/grid/output-grid.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { settleSurface } from '../../geo/raster/values/result-band.ts';
import { readSites } from '../../geo/surfaces/sites.ts';
import { computeSurface } from '../../geo/surfaces/surface.ts';
import type declaration from './process.ts';

const dataType = 'float32';

/** Adds up the kernels about the points in the plane of the CRS of the grid. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const nodata = chooseNodata(dataType, { wanted: inputs.nodata });
  const layer = await readLayer(inputs.features, context);
  const { grid, layer: moved } = await outputGrid(inputs, layer, context);
  const sites = readSites(moved, inputs.weightField, '/inputs/weightField', 'a weight');
  const { kernel } = inputs;
  const radius = fromUnit(inputs.radius, grid.crs);
  const surface = { method: 'kernelDensity', kernel, radius } as const;
  const samples = await computeSurface(grid, sites, surface, context, 'Adding up points');
  // Nothing is missing, but some pixel may have the nodata that is wanted.
  const settled =
    nodata === undefined ? { bands: [samples] } : settleSurface(samples, { nodata, wanted: true });
  const content = { ...grid, dataType, ...settled } as const;
  return { result: await writeRaster(content, context.format('result')) };
};
