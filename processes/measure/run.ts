import type { Run } from '../../core/processes/declaration.ts';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { type Crs, crs84, sameCrs } from '../../geo/crs/crs.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import {
  geodesicMeasuring,
  type Measuring,
  measureGeometry,
  planarMeasuring,
  seamEdges,
} from '../../geo/geodesy/measure.ts';
import { hasLongEdges } from '../../geo/geodesy/straight-edge.ts';
import { geometryWithoutCut } from '../../geo/geodesy/without-cut.ts';
import { planeForLayer } from '../../geo/geodesy/working-planes.ts';
import { mapPositions } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import type { Layer } from '../../geo/layer/layer.ts';
import { eachGeometry } from '../../geo/per-feature/each-geometry.ts';
import { warnOfLongEdges } from '../../geo/per-feature/long-edges.ts';
import { positionMover } from '../../geo/per-feature/moved-position.ts';
import { layerInCrs } from '../../geo/reproject/reproject.ts';
import type declaration from './process.ts';

/** Adds what each feature measures to its properties; geometries stay as they are. */
export const run: Run<typeof declaration> = async ({ prefix, ...inputs }, context) => {
  const layer = await readLayer(inputs.features, context);
  const { crs, measuring } = chooseMeasuring(layer, inputs, context);
  const moved = positionMover(layer, crs);
  // Edges of a plane that cross the antimeridian do so in longitudes as well.
  const geographic = crs.isGeographic ? await layerInCrs(layer, crs) : undefined;
  const geos = await loadGeos();
  const plane = geographic ? undefined : planeForLayer(layer, inputs.crs, geos);
  const drawn = sameCrs(layer.crs, crs) ? layer : {};
  const long: number[] = [];
  const features = await eachGeometry(layer, context, 'Measuring', (geometry, index) => {
    const own = geographic?.features[index]?.geometry;
    const entering = plane?.entering(geometry) ?? geometry;
    const isJoined = entering !== geometry;
    const whole = (isJoined && layer.uncut?.get(index)) || entering;
    const placed = own
      ? geometryWithoutCut(own, index, drawn, geos)
      : mapPositions(whole, (position) => moved(position, index));
    if (geographic && layer.crs.isGeographic && hasLongEdges(placed)) long.push(index);
    const seams = geographic
      ? seamEdges(placed)
      : layer.crs.isGeographic && !isJoined
        ? seamEdges(geometry).map((edge) => edge.map((position) => moved(position, index)))
        : [];
    const measures = Object.entries(measureGeometry(placed, measuring, seams));
    return { properties: Object.fromEntries(measures.map(([name, value]) => [prefix + name, value])) };
  });
  warnOfLongEdges(long, layer, context);
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

interface Wanted {
  readonly method: 'geodesic' | 'planar';
  readonly crs: CrsInput | undefined;
}

/** How to measure, and in which CRS. */
function chooseMeasuring(
  layer: Layer,
  { method, crs }: Wanted,
  context: RunContext,
): { readonly crs: Crs; readonly measuring: Measuring } {
  if (method === 'geodesic') {
    if (crs !== undefined) context.warn('Geodesics do not depend on the working CRS; "crs" has no effect.');
    return { crs: crs84, measuring: geodesicMeasuring };
  }
  const own = crs === undefined ? layer.crs : parseCrs(crs, '/inputs/crs');
  if (!own.isGeographic) return { crs: own, measuring: planarMeasuring(own.metresPerUnit) };
  throw new InvalidInput(
    '/inputs/crs',
    `must be a projected CRS for planar measurements, but ${own.name}${crs === undefined ? ', the CRS of the layer,' : ''} is geographic. The geodesic method needs no CRS.`,
  );
}
