import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { errorFromGeos } from '../geos/refused-geometry.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import type { Layer, LayerFeature, Properties } from '../layer/layer.ts';

/** What becomes of a feature; what is absent stays as it is. */
export interface Change {
  readonly geometry?: Geometry;
  /** Added to the properties of the feature, over those of the same name. */
  readonly properties?: Properties;
}

/**
 * Changes the geometries of a layer one by one. Order, ids and properties stay, and null geometries stay null.
 *
 * @param message what is being done, for the progress.
 * @param change gets each geometry with its index in the layer.
 * @throws InvalidInput with a pointer to a geometry that GEOS cannot work on, LimitExceeded, and what `change` throws
 */
export async function eachGeometry(
  { features, geometryPointer }: Pick<Layer, 'features' | 'geometryPointer'>,
  context: RunContext,
  message: string,
  change: (geometry: Geometry, index: number) => Change,
): Promise<LayerFeature[]> {
  const changed: LayerFeature[] = [];
  const reportProgress = featureProgress(context, features.length, message);
  for (const [index, feature] of features.entries()) {
    await reportProgress(index);
    const { geometry } = feature;
    if (geometry === null) {
      changed.push(feature);
      continue;
    }
    try {
      changed.push(merged(feature, change(geometry, index)));
    } catch (cause) {
      throw errorFromGeos(cause, () => geometryPointer(index));
    }
  }
  return changed;
}

const merged = (feature: LayerFeature, { geometry, properties }: Change): LayerFeature => ({
  ...feature,
  ...(geometry && { geometry }),
  ...(properties && { properties: { ...feature.properties, ...properties } }),
});
