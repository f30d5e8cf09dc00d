import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { affineX, affineY } from '../../geo/raster/grid/affine.ts';
import { layerFromGrid } from '../../geo/raster/grid/longitudes.ts';
import { resolveRasterCrs } from '../../geo/raster/grid/resolve-raster-crs.ts';
import { withoutRepeatedColumn } from '../../geo/raster/grid/rolled-raster.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Grid } from '../../geo/raster/raster.ts';
import { readRows } from '../../geo/raster/values/read-rows.ts';
import { type Region, RegionTracer } from '../../geo/vectorise/regions.ts';
import type { Ring } from '../../geo/vectorise/simple-rings.ts';
import { partBudget, vertexBudget } from '../../geo/vectorise/vertex-budget.ts';
import type declaration from './process.ts';

/** Traces the regions in the pixels of the raster, row by row, and moves their outlines to its coordinates. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openRaster(inputs.raster, context);
  checkBand(opened, inputs.band);
  checkPixels(opened, undefined, context);
  const crs = resolveRasterCrs(opened, context);
  const raster = withoutRepeatedColumn(opened, crs);
  const advice = 'Reclassify the raster into fewer values, or take a smaller or coarser one.';
  const budget = vertexBudget(context, raster.pointer, advice);
  const polygons = partBudget(context, raster.pointer, 'polygons', advice);
  const tracer = new RegionTracer(raster.width, inputs.connectivity, budget, polygons);
  for await (const row of readRows(raster, inputs.band, context, 'Tracing')) tracer.row(row);

  const features: LayerFeature[] = [];
  for (const region of tracer.regions()) {
    const properties = { [inputs.fieldName]: region.value };
    features.push({ type: 'Feature', properties, geometry: geometryFromRegion(region, raster.transform) });
  }
  return {
    result: await writeLayer(await layerFromGrid({ features, crs }, raster), context.format('result')),
  };
};

/** A polygon, or several that meet at corners, with their exteriors counter-clockwise. */
export function geometryFromRegion({ parts }: Region, transform: Grid['transform']): Polygon | MultiPolygon {
  // Clockwise on the raster is counter-clockwise on a map whose y axis goes the other way.
  const turned = transform[1] * transform[5] - transform[2] * transform[4] < 0;
  const polygons = parts.map((rings) =>
    rings.map((ring, index) => {
      const positions = positionsFromRing(ring, transform);
      const isCounterClockwise = ring.area > 0 !== turned;
      return isCounterClockwise === (index === 0) ? positions : positions.reverse();
    }),
  );
  const [only] = polygons;
  return only && polygons.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
}

function positionsFromRing({ columns, rows }: Ring, transform: Grid['transform']): Position[] {
  const positions = columns.map((column, index): Position => {
    const row = rows[index] ?? Number.NaN;
    return [affineX(transform, column, row), affineY(transform, column, row)];
  });
  return [...positions, ...positions.slice(0, 1)];
}
