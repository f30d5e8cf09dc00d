import type { Geometry } from 'geojson';
import type { LayerFeature } from '../layer/layer.ts';
import { prefixedOnDemand } from './columns.ts';
import type { OverlayRow } from './overlaid.ts';
import { rowKinds } from './overlay-rows.ts';
import type { TwoLayers } from './two-layers.ts';

/** Features for the pairs of an overlay, with the properties of both. They have no id: a feature may have several. */
export function pairedFeatures(
  { features, overlay }: TwoLayers,
  pairs: readonly OverlayRow[],
  prefix: string,
): LayerFeature[] {
  const added = prefixedOnDemand(overlay, prefix);
  return pairs.map((row): LayerFeature => {
    const { feature } = features[row.position]!;
    return {
      type: 'Feature',
      properties: { ...feature.properties, ...added(row.other) },
      geometry: geometryOf(row, feature, overlay[row.other]!.feature),
    };
  });
}

function geometryOf(
  { geometry, kind }: OverlayRow,
  feature: LayerFeature,
  overlayFeature: LayerFeature,
): Geometry | null {
  return geometry ?? (kind === rowKinds.feature ? feature : overlayFeature).geometry;
}
