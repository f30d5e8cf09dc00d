import { positionInUnit } from '../../crs/angular-unit.ts';
import { mapPositions } from '../../geometry/positions.ts';
import type { LayerContent } from '../../layer/layer.ts';

/** A layer with its coordinates in the unit of its CRS, for formats that keep that: the reverse of what reading does. */
export function layerInUnit<Content extends LayerContent>(layer: Content): Content {
  const { crs } = layer;
  if (crs.degreesPerUnit === undefined) return layer;
  const features = layer.features.map((feature) => {
    const { geometry, bbox: _, ...others } = feature;
    return {
      ...others,
      geometry: geometry && mapPositions(geometry, (position) => positionInUnit(position, crs)),
    };
  });
  return { ...layer, features };
}
