import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';
import {
  lazyGeometry,
  type PackedGeometries,
  sharedGeometries,
  unpackWkbs,
} from '../layer/packed-geometries.ts';
import { estimateVertices, type GeometriesInParts, splitGeometries } from '../parallel/parts.ts';
import type { Sharing } from '../parallel/share-work.ts';

/**
 * The features of a layer with their geometries changed by threads that share the work; null geometries stay null.
 *
 * @param message what is being done, for the progress.
 * @param share does the work with `shareWork`: as many geometries come back, in the same order.
 */
export async function sharedChange(
  { features, geometryPointer }: Layer,
  context: RunContext,
  message: string,
  share: (work: GeometriesInParts, sharing: Sharing<PackedGeometries>) => Promise<PackedGeometries[]>,
): Promise<LayerFeature[]> {
  const present = features.flatMap(({ geometry }, index) => (geometry ? [index] : []));
  const geometries = sharedGeometries(present.map((index) => itemAt(features, index).geometry));
  const { starts, sizes } = splitGeometries(geometries);
  const parts = await share(
    { geometries, starts },
    {
      context,
      sizes,
      vertices: estimateVertices(geometries),
      reportProgress: featureProgress(context, features.length, message),
      pointers: [(position) => geometryPointer(itemAt(present, position))],
    },
  );
  const changed = parts.flatMap(unpackWkbs);
  let next = 0;
  return features.map((feature) =>
    feature.geometry ? { ...feature, geometry: lazyGeometry(itemAt(changed, next++)) } : feature,
  );
}
