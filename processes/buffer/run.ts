import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { planesOnTheGround, type WorkingPlanes } from '../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { unionWkbGroups } from '../../geo/geos/union.ts';
import { type IndexedFeature, validFeatures } from '../../geo/geos/valid-features.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { numericFieldFault } from '../../geo/layer/field-faults.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { lazyGeometry, sharedGeometries, unpackWkbs } from '../../geo/layer/packed-geometries.ts';
import { readNumber } from '../../geo/layer/properties.ts';
import { estimateVertices, splitGeometries } from '../../geo/parallel/parts.ts';
import { shareWork } from '../../geo/parallel/share-work.ts';
import { lengthenEdges } from '../../geo/per-feature/buffer-edges.ts';
import { bufferGeometries } from '../../geo/per-feature/buffer-geometries.ts';
import { checkBufferSize } from '../../geo/per-feature/buffer-size.ts';
import type declaration from './process.ts';

/** Buffers each feature in its plane and moves the result back to the CRS of the layer. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  checkField(inputs.distanceField, layer);
  const geos = await loadGeos();
  const planes = planesOnTheGround(layer, inputs.crs, geos, context);
  const features = await validFeatures(layer, inputs.invalidGeometry, context);
  const buffers = await computeBuffers(layer, features, planes, inputs, context);
  if (!inputs.dissolve) {
    let next = 0;
    const results = features.map(({ feature }) =>
      feature.geometry === null
        ? feature
        : { ...feature, geometry: lazyGeometry(requirePresent(buffers[next++], 'The buffer')) },
    );
    return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
  }
  // Buffers that share a plane are united there, before they are moved back.
  const [union] = await unionWkbGroups([buffers], context);
  const geometry = union && planes.common ? planes.common.back(union) : union;
  const dissolved: LayerFeature[] = geometry ? [{ type: 'Feature', properties: {}, geometry }] : [];
  return { result: await writeLayer({ ...layer, features: dissolved }, context.format('result')) };
};

/** The buffers of the features that have a geometry, as WKB; in the common plane if they are to be dissolved. */
async function computeBuffers(
  { crs: layerCrs, geometryPointer }: Layer,
  features: readonly IndexedFeature[],
  planes: WorkingPlanes,
  inputs: InputsOf<typeof declaration>,
  context: RunContext,
): Promise<Uint8Array[]> {
  const { crs, distance, distanceField, dissolve: stay } = inputs;
  const { quadrantSegments, endCap, join, mitreLimit, singleSided } = inputs;
  const present = features.filter(({ feature: { geometry } }) => geometry !== null);
  if (endCap === 'round')
    checkBufferSize(
      present.map(({ feature }) => feature.geometry),
      quadrantSegments,
      context,
    );
  const geometries = sharedGeometries(present.map(({ feature }) => feature.geometry));
  const metres = present.map(
    ({ feature: { properties } }) =>
      ((distanceField === undefined ? undefined : readNumber(properties, distanceField)) ?? distance) *
      distanceUnits[inputs.distanceUnit],
  );
  const longer = planes.common ? 1 : lengthenEdges(geometries, metres, context);
  const { starts, sizes } = splitGeometries(geometries);
  const reportProgress = featureProgress(context, features.length * 2, 'Buffering');
  const parts = await shareWork(
    bufferGeometries,
    {
      geometries,
      starts,
      layerCrs,
      crs,
      distances: Float64Array.from(metres),
      longer,
      style: { quadrantSegments, endCap, join, mitreLimit, singleSided },
      stay,
    },
    {
      context,
      sizes,
      vertices: estimateVertices(geometries) * quadrantSegments,
      reportProgress: (done) => reportProgress(features.length + done),
      pointers: [(position) => geometryPointer(present[position]?.index ?? position)],
    },
  );
  return parts.flatMap(unpackWkbs);
}

/** @throws InvalidInput for a property that no feature has, or that is neither a number nor null */
function checkField(field: string | undefined, { features }: Layer): void {
  if (field === undefined || features.length === 0) return;
  const detail = numericFieldFault(features, field, 'a distance');
  if (detail) throw new InvalidInput('/inputs/distanceField', detail);
}
