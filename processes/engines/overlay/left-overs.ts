import type { LayerFeature } from '../layers/layer.ts';
import { nullsOf, prefixed } from './columns.ts';
import { cutFeatures, cutOverlay } from './cut.ts';
import type { TwoLayers } from './two-layers.ts';

/**
 * What is left of the features without the overlay, then of the overlay without the features, each with the
 * properties of its side and null for those of the other. Pieces have no id.
 */
export async function leftOvers(layers: TwoLayers, prefix: string): Promise<LayerFeature[]> {
  const absent = nullsOf(layers.features.features);
  const absentOverlay = prefixed(nullsOf(layers.overlay.features), prefix);
  const ofFeatures = await cutFeatures(layers, 'outside');
  const ofOverlay = await cutOverlay(layers, 'outside');
  return [
    ...ofFeatures.map(
      ({ properties, geometry }): LayerFeature => ({
        type: 'Feature',
        properties: { ...properties, ...absentOverlay },
        geometry,
      }),
    ),
    ...ofOverlay.map(
      ({ properties, geometry }): LayerFeature => ({
        type: 'Feature',
        properties: { ...absent, ...prefixed(properties, prefix) },
        geometry,
      }),
    ),
  ];
}
