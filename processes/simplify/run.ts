import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { planesOnTheGround } from '../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { simplifiedFeatures, simplifiedPolygonCoverage } from '../../geo/per-feature/simplify.ts';
import type declaration from './process.ts';

/** Simplifies each feature in its plane, or all polygons together in one. */
export const run: Run<typeof declaration> = async ({ method, ...inputs }, context) => {
  const layer = await readLayer(inputs.features, context);
  const geos = await loadGeos();
  // A coverage has one plane: what does not suit that does not suit the layer.
  const pointer = () => inputs.features.pointer;
  const asked = method === 'coverage' ? { ...layer, geometryPointer: pointer } : layer;
  const planes = planesOnTheGround(asked, inputs.crs, geos, context);
  const tolerance = inputs.tolerance * distanceUnits[inputs.distanceUnit];
  const work = { layer, planes, tolerance, geos, context };
  const features =
    method === 'coverage'
      ? await simplifiedPolygonCoverage(work)
      : await simplifiedFeatures(work, inputs.crs, method);
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};
