import type { Geometry, GeometryCollection } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import type { WorkingPlanes } from '../geodesy/working-planes.ts';
import type { Geos } from '../geos/geos.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { type simplifications, simplifiedCoverage } from '../geos/simplification.ts';
import { isEmptyGeometry, type Layer, type LayerFeature } from '../layer/layer.ts';
import { listPolygons, requirePolygons } from '../layer/require-polygons.ts';
import { shareWork } from '../parallel/share-work.ts';
import { Departures } from './departures.ts';
import { eachGeometry } from './each-geometry.ts';
import { sharedChange } from './shared-change.ts';
import { backFrom, simplifyGeometries } from './simplify-geometries.ts';

export interface SimplifyWork {
  readonly layer: Layer;
  readonly planes: WorkingPlanes;
  /** Metres on the ground. */
  readonly tolerance: number;
  readonly geos: Geos;
  readonly context: RunContext;
}

/** Simplifies feature by feature, each in its plane: that of `crs`, where it is given. */
export function simplifiedFeatures(
  { layer, tolerance, context }: SimplifyWork,
  crs: CrsInput | undefined,
  method: keyof typeof simplifications,
): Promise<LayerFeature[]> {
  return sharedChange(layer, context, 'Simplifying', (work, sharing) =>
    shareWork(simplifyGeometries, { ...work, layerCrs: layer.crs, crs, tolerance, method }, sharing),
  );
}

/**
 * Simplifies all polygons of a layer together in one plane, so that edges that they share stay shared.
 *
 * @throws InvalidRequest with a pointer to each geometry that is not a polygon (the first 20)
 */
export async function simplifiedPolygonCoverage({
  layer,
  planes,
  tolerance,
  geos,
  context,
}: SimplifyWork): Promise<LayerFeature[]> {
  requirePolygons(layer, 'coverages are made of polygons. Choose another method for the rest.');
  const geometries = layer.features.flatMap(({ geometry }) =>
    geometry && !isEmptyGeometry(geometry) ? [inCoverage(geometry)] : [],
  );
  if (geometries.length === 0) return [...layer.features];
  await context.progress(0, layer.features.length, 'Simplifying the coverage');
  const whole: Geometry = { type: 'GeometryCollection', geometries };
  const plane = planes.common ?? planes.of(whole, 0, 0);
  const planar = plane.forward(whole) as GeometryCollection;
  const coverage = await onGeometry(
    () => '/inputs/features',
    async () =>
      geos.scope((scope) =>
        scope.geometry(simplifiedCoverage(scope, scope.read(planar), tolerance * planes.unitsPerMetre)),
      ) as GeometryCollection,
  );
  let position = 0;
  const departures = new Departures(tolerance, context.warn);
  return eachGeometry(layer, context, 'Transforming back', (geometry, index) => {
    if (isEmptyGeometry(geometry)) return {};
    const simple = itemAt(coverage.geometries, position);
    const moved = itemAt(planar.geometries, position++);
    const back = backFrom(plane, simple, geometry, moved, planes.common !== undefined, geos);
    if (!planes.common) departures.check(back, geometry, layer.geometryPointer(index));
    return { geometry: back };
  });
}

/** The coverages of GEOS are made of polygons and multipolygons: a collection of them becomes one. */
const inCoverage = (geometry: Geometry): Geometry =>
  geometry.type === 'GeometryCollection'
    ? { type: 'MultiPolygon', coordinates: listPolygons(geometry) }
    : geometry;
