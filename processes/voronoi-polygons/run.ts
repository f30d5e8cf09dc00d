import type { Position } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { extentIn } from '../../geo/crs/extent.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { planeForLayer } from '../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { computeBounds, type LayerFeature } from '../../geo/layer/layer.ts';
import { type LayerPoint, listPoints } from '../../geo/per-feature/points.ts';
import { closeRing } from '../../geo/tessellation/convex.ts';
import { distinctBy } from '../../geo/tessellation/distinct.ts';
import { grown, grownOnGlobe, turnedInto } from '../../geo/tessellation/extents.ts';
import { voronoiCells } from '../../geo/tessellation/voronoi.ts';
import type declaration from './process.ts';

/** Makes the cells in the plane of the work and moves them back to the CRS of the layer. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const crs = inputs.crs === undefined ? layer.crs : parseCrs(inputs.crs, '/inputs/crs');
  const extent = inputs.extent && extentIn(inputs.extent, crs, '/inputs/extent');
  const layerPlane = planeForLayer(layer, inputs.crs, await loadGeos());
  const plane = extent ? layerPlane : layerPlane.around(layer.features.map(({ geometry }) => geometry));
  const all = listPoints(layer);
  const placed = all.map((point) => ({
    point,
    place: plane.forward({ type: 'Point', coordinates: point.position }),
  }));
  const distinct = distinctBy(placed, ({ place }) => (place.type === 'Point' ? place.coordinates : []));
  const points = distinct.map(({ point }) => point);
  if (points.length < 2) {
    throw new InvalidInput(
      '/inputs/features',
      `must have at least two distinct points, but has ${points.length}.`,
    );
  }
  await context.progress(0, points.length, 'Computing polygons');
  const planar = distinct.map(({ place }) => place);
  const bounds = requirePresent(computeBounds(planar), 'The box of the points');
  const box = extent ?? (crs.isGeographic ? grownOnGlobe : grown)(bounds);
  const turned = crs.isGeographic ? turnedInto(box) : (position: Position) => position;
  const sites = planar.map((point) => turned(point.type === 'Point' ? point.coordinates : []));
  const cells = voronoiCells(sites, box);

  const features: LayerFeature[] = [];
  const reportProgress = featureProgress(context, points.length, 'Writing cells');
  for (const [index, cell] of cells.entries()) {
    await reportProgress(index);
    if (cell.length === 0) continue;
    const geometry = plane.back({ type: 'Polygon', coordinates: [closeRing(cell)] });
    features.push({ ...sourceFeature(requirePresent(points[index], 'The point of the cell')), geometry });
  }
  reportLost(all.length - points.length, points.length - features.length, context);
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

/** Without its id where the feature has several points: ids are unique. */
function sourceFeature({ feature }: LayerPoint): LayerFeature {
  return feature.geometry?.type === 'Point'
    ? feature
    : { type: 'Feature', properties: feature.properties, geometry: null };
}

function reportLost(repeated: number, without: number, context: RunContext): void {
  if (repeated > 0)
    context.warn(
      `${repeated === 1 ? '1 point coincides' : `${repeated} points coincide`} with an earlier one; only the first has a polygon.`,
    );
  if (without > 0) {
    context.warn(
      `${without === 1 ? '1 point has' : `${without} points have`} no polygon: too close to another point, or polygon outside the extent.`,
    );
  }
}
