import type { Position } from 'geojson';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { collectParts } from '../geodesy/antimeridian.ts';
import { MAXIMUM_FAULTS } from '../layer/geometry-faults.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';

/** A point with the feature that it belongs to. */
export interface LayerPoint {
  readonly position: Position;
  readonly feature: LayerFeature;
  /** Place of the feature in the layer. */
  readonly index: number;
}

/**
 * The points of a layer in order; every point of a MultiPoint is one, with the properties of its feature. Null and
 * empty geometries have none.
 *
 * @throws InvalidRequest with a pointer to each geometry that is not of points (the first 20)
 */
export function listPoints(layer: Layer): LayerPoint[] {
  const result: LayerPoint[] = [];
  const faults: Fault[] = [];
  for (const [index, feature] of layer.features.entries()) {
    if (feature.geometry === null) continue;
    const { points, lines, polygons } = collectParts(feature.geometry);
    if (lines.length + polygons.length > 0) {
      const detail = `must be a Point or MultiPoint, but is a ${feature.geometry.type}.`;
      faults.push({ pointer: layer.geometryPointer(index), detail });
      if (faults.length === MAXIMUM_FAULTS) break;
    }
    for (const position of points) result.push({ position, feature, index });
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  return result;
}
