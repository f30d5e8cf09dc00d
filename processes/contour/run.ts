import type { Position } from 'geojson';
import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { affineX, affineY } from '../../geo/raster/grid/affine.ts';
import { layerFromGrid } from '../../geo/raster/grid/longitudes.ts';
import { resolveRasterCrs } from '../../geo/raster/grid/resolve-raster-crs.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import { readRows } from '../../geo/raster/values/read-rows.ts';
import { warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import { ContourTracer } from '../../geo/vectorise/contour-lines.ts';
import { type Levels, listedLevels, regularLevels } from '../../geo/vectorise/levels.ts';
import { partBudget, vertexBudget } from '../../geo/vectorise/vertex-budget.ts';
import type declaration from './process.ts';

/** Traces the lines in the pixels of the raster, row by row, and moves them to its coordinates. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const levels = readLevels(inputs);
  const raster = await openRaster(inputs.raster, context);
  checkBand(raster, inputs.band);
  warnOfScale(raster, inputs.band, context);
  checkPixels(raster, undefined, context);
  const crs = resolveRasterCrs(raster, context);
  const advice = 'Take fewer levels, or a smaller or coarser raster.';
  const vertices = vertexBudget(context, raster.pointer, advice);
  const lines = partBudget(context, raster.pointer, 'lines', advice);
  const tracer = new ContourTracer(raster.width, levels, vertices, lines);
  for await (const row of readRows(raster, inputs.band, context, 'Tracing')) tracer.row(row);

  const features = tracer.lines().map(({ value, columns, rows }): LayerFeature => {
    const coordinates = columns.map((column, index): Position => {
      const row = rows[index] ?? Number.NaN;
      return [affineX(raster.transform, column, row), affineY(raster.transform, column, row)];
    });
    return {
      type: 'Feature',
      properties: { [inputs.fieldName]: value },
      geometry: { type: 'LineString', coordinates },
    };
  });
  return {
    result: await writeLayer(await layerFromGrid({ features, crs }, raster), context.format('result')),
  };
};

function readLevels({ interval, base, levels }: InputsOf<typeof declaration>): Levels {
  if (interval !== undefined && levels !== undefined)
    throw new InvalidInput('/inputs/levels', 'cannot be combined with "interval"; give one of them.');
  if (levels !== undefined) return listedLevels(levels);
  if (interval !== undefined) return regularLevels(interval, base);
  throw new InvalidInput('/inputs/interval', 'is required unless "levels" is given.');
}
