import type { Geometry } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { hasLongEdges } from '../../geo/geodesy/straight-edge.ts';
import { geometryWithoutCut } from '../../geo/geodesy/without-cut.ts';
import { planesOnTheGround } from '../../geo/geodesy/working-planes.ts';
import { type Geos, loadGeos } from '../../geo/geos/geos.ts';
import type { Layer } from '../../geo/layer/layer.ts';
import {
  type Densify,
  densifyDegrees,
  densifyGeodesics,
  densifyInPlane,
  densifyProjectedGeodesics,
  makePieceCounter,
} from '../../geo/per-feature/densify.ts';
import { eachGeometry } from '../../geo/per-feature/each-geometry.ts';
import { warnOfLongEdges } from '../../geo/per-feature/long-edges.ts';
import type declaration from './process.ts';

/** Puts vertices on the lines and rings of each feature. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const metres = inputs.maxLength * distanceUnits[inputs.distanceUnit];
  const geos = await loadGeos();
  const densify = makeDensifier(layer, { ...inputs, metres }, geos, context);
  const features = await eachGeometry(layer, context, 'Densifying', (geometry, index) => ({
    geometry: densify(geometry, index),
  }));
  if (layer.crs.isGeographic) {
    const isLong = (geometry: Geometry, index: number): boolean =>
      hasLongEdges(
        inputs.method === 'geodesic' ? geometryWithoutCut(geometry, index, layer, geos) : geometry,
      );
    const long = layer.features.flatMap(({ geometry }, index) =>
      geometry && isLong(geometry, index) ? [index] : [],
    );
    warnOfLongEdges(long, layer, context);
  }
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

interface Wanted {
  readonly method: 'planar' | 'geodesic';
  readonly crs: CrsInput | undefined;
  readonly metres: number;
}

function makeDensifier(
  layer: Layer,
  { method, crs, metres }: Wanted,
  geos: Geos,
  context: RunContext,
): Densify {
  const { isGeographic } = layer.crs;
  if (method === 'planar' && isGeographic && crs === undefined)
    return densifyDegrees(makePieceCounter(metres, context), geos);
  const planes = planesOnTheGround(layer, crs, geos, context);
  if (method === 'planar')
    return densifyInPlane(
      requirePresent(planes.common, 'The plane of the work'),
      makePieceCounter(metres * planes.unitsPerMetre, context),
    );
  if (crs !== undefined) context.warn('Geodesics do not depend on the working CRS; "crs" has no effect.');
  const pieces = makePieceCounter(metres, context);
  return isGeographic ? densifyGeodesics(layer, pieces, geos) : densifyProjectedGeodesics(layer, pieces);
}
