import type { Geometry } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import type { LayerFeature } from '../layer/layer.ts';
import { PropertyBudget } from '../layer/property-budget.ts';
import { countedRows, prefixedOnDemand } from './columns.ts';
import type { OverlayRow } from './overlay-layers.ts';
import { rowKinds } from './overlay-rows.ts';
import type { TwoLayers } from './two-layers.ts';

/**
 * Features for the pairs of an overlay, with the properties of both. They have no id: a feature may have several.
 * @throws LimitExceeded where that would be more properties than a result may have
 */
export function pairedFeatures(
  { features, overlay, context }: TwoLayers,
  pairs: readonly OverlayRow[],
  prefix: string,
): LayerFeature[] {
  const budget = new PropertyBudget(context, '/inputs/overlay');
  const countOwn = countedRows(budget, features);
  const countOther = countedRows(budget, overlay, prefix);
  for (const { position, other } of pairs) {
    countOwn(position);
    countOther(other);
  }
  const added = prefixedOnDemand(overlay, prefix);
  return pairs.map((row): LayerFeature => {
    const { feature } = itemAt(features, row.position);
    return {
      type: 'Feature',
      properties: { ...feature.properties, ...added(row.other) },
      geometry: chooseGeometry(row, feature, itemAt(overlay, row.other).feature),
    };
  });
}

function chooseGeometry(
  { geometry, kind }: OverlayRow,
  feature: LayerFeature,
  overlayFeature: LayerFeature,
): Geometry | null {
  return geometry ?? (kind === rowKinds.feature ? feature : overlayFeature).geometry;
}
