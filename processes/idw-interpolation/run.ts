import type { Run } from '../../core/processes/declaration.ts';
import { fromUnit } from '../../geo/crs/angular-unit.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { outputGrid } from '../../geo/raster/grid/output-grid.ts';
import { chooseNodata, defaultNodata } from '../../geo/raster/values/nodata.ts';
import { settleSurface } from '../../geo/raster/values/result-band.ts';
import { readSites } from '../../geo/surfaces/sites.ts';
import { computeSurface } from '../../geo/surfaces/surface.ts';
import type declaration from './process.ts';

const dataType = 'float32';

/** Interpolates in the plane of the CRS of the grid. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const wanted = inputs.nodata;
  const nodata = chooseNodata(dataType, { wanted, own: defaultNodata }) ?? defaultNodata;
  const layer = await readLayer(inputs.features, context);
  const { grid, layer: moved } = await outputGrid(inputs, layer, context);
  const sites = readSites(moved, inputs.valueField, '/inputs/valueField', 'interpolation');
  const { power } = inputs;
  const radius = inputs.radius && fromUnit(inputs.radius, grid.crs);
  const surface = { method: 'inverseDistance', power, radius, nodata: Number.NaN } as const;
  const samples = await computeSurface(grid, sites, surface, context, 'Interpolating');
  const settled = settleSurface(samples, { nodata, wanted: wanted !== undefined });
  const content = { ...grid, dataType, ...settled } as const;
  return { result: await writeRaster(content, context.format('result')) };
};
