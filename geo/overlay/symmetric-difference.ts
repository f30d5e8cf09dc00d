import type { LayerFeature } from '../layer/layer.ts';
import { measureProperties, PropertyBudget } from '../layer/property-budget.ts';
import { nullProperties, prefixed } from './columns.ts';
import { cutFeatures } from './cut.ts';
import type { OverlayRow } from './overlay-layers.ts';
import type { TwoLayers } from './two-layers.ts';

/**
 * What is left of the features without the overlay, then of the overlay without the features, each with the
 * properties of its side and null for those of the other. Pieces have no id.
 *
 * @throws LimitExceeded where that would be more properties than a result may have
 */
export function symmetricDifference(
  { features, overlay, context }: TwoLayers,
  { outside, overlayOutside }: Readonly<Record<'outside' | 'overlayOutside', readonly OverlayRow[]>>,
  prefix: string,
): LayerFeature[] {
  const absent = nullProperties(features);
  const absentOverlay = prefixed(nullProperties(overlay), prefix);
  const budget = new PropertyBudget(context, '/inputs/overlay');
  budget.count(outside.length, measureProperties(absentOverlay));
  budget.count(overlayOutside.length, measureProperties(absent));
  return [
    ...cutFeatures(features, outside).map(
      ({ properties, geometry }): LayerFeature => ({
        type: 'Feature',
        properties: { ...properties, ...absentOverlay },
        geometry,
      }),
    ),
    ...cutFeatures(overlay, overlayOutside).map(
      ({ properties, geometry }): LayerFeature => ({
        type: 'Feature',
        properties: { ...absent, ...prefixed(properties, prefix) },
        geometry,
      }),
    ),
  ];
}
