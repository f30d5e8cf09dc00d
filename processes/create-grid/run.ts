import type { Geometry } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { ClassLimitExceeded, InvalidInput } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { fromUnit } from '../../geo/crs/angular-unit.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { extentIn } from '../../geo/crs/extent.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { cutAtAntimeridian } from '../../geo/geodesy/antimeridian.ts';
import type { Bounds } from '../../geo/geometry/bounds.ts';
import { checkSpacing } from '../../geo/geometry/spacing.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { layerInCrs } from '../../geo/reproject/reproject.ts';
import { clippedTo, closeRing, type Vertex } from '../../geo/tessellation/convex.ts';
import { hexagonGrid, squareGrid } from '../../geo/tessellation/grid-cells.ts';
import type declaration from './process.ts';

/** Between the poles; longitudes may run on. */
const GLOBE: Bounds = [-Infinity, -90, Infinity, 90];

/** Degrees of a cell at most. */
const WIDEST_CELL = 360;

/** Makes the cells in the CRS of the grid. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const crs = inputs.crs === undefined ? crs84 : parseCrs(inputs.crs, '/inputs/crs');
  const cellSize = fromUnit(inputs.cellSize, crs);
  if (crs.isGeographic && cellSize > WIDEST_CELL) {
    const detail = `is ${cellSize} degrees; a cell may have up to ${WIDEST_CELL}, the circumference of the globe.`;
    throw new InvalidInput('/inputs/cellSize', detail);
  }
  const bounds = extentIn(inputs.extent, crs, '/inputs/extent');
  checkSpacing(cellSize, bounds, '/inputs/cellSize');
  const grid = (inputs.shape === 'square' ? squareGrid : hexagonGrid)(bounds, cellSize);
  const limit = context.limits.features ?? Infinity;
  if (grid.count > limit) {
    throw new ClassLimitExceeded(
      '/inputs/cellSize',
      `The grid would have ${grid.count} cells; the process creates up to ${limit}. Make the cells larger or the extent smaller.`,
    );
  }
  const geos = await loadGeos();
  const makeGeometry = (vertices: readonly Vertex[]): Geometry =>
    crs.isGeographic
      ? cutAtAntimeridian(makePolygon(clippedTo(GLOBE, vertices)), geos)
      : makePolygon(vertices);

  const features: LayerFeature[] = [];
  const reportProgress = featureProgress(context, grid.count, 'Computing polygons');
  for (const { row, column, vertices } of grid.cells) {
    await reportProgress(features.length);
    features.push({ type: 'Feature', properties: { row, column }, geometry: makeGeometry(vertices) });
  }
  const format = context.format('result');
  const layer: Layer = {
    features,
    crs,
    mediaType: format,
    geometryPointer: () => '/inputs/extent',
  };
  // GeoJSON has longitudes and latitudes; cells without a place there are the extent's fault.
  const written = format === MediaType.geojson ? await layerInCrs(layer, crs84, context) : layer;
  return { result: await writeLayer(written, format) };
};

const makePolygon = (vertices: readonly Vertex[]): Geometry => ({
  type: 'Polygon',
  coordinates: [closeRing(vertices)],
});
