import { itemAt } from '../../core/shared/item-at.ts';
import type { IndexedFeature } from '../geos/valid-features.ts';
import type { LayerFeature } from '../layer/layer.ts';
import type { OverlayRow } from './overlay-layers.ts';

/**
 * Features for what a cut leaves of those of a layer. They keep their order, id and properties; those of which
 * nothing is left are dropped.
 */
export const cutFeatures = (
  features: readonly IndexedFeature[],
  rows: readonly OverlayRow[],
): LayerFeature[] =>
  rows.map(({ position, geometry }) => {
    const { feature } = itemAt(features, position);
    return geometry ? { ...feature, geometry } : feature;
  });
