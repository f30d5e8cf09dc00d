import type { BoundingBox } from '../../core/run/bounding-box.ts';
import type { PlanPart } from '../common/part-plan.ts';
import { sizeInExtent } from './part-from-extent.ts';
import { sizeInFeatures } from './part-from-features.ts';

/** The window of the extent or of the polygons, of which all bands are read. */
export const planPart: PlanPart = async ({ grid, bands, values: { extent, crop }, layer }, context) => {
  const isCropped = crop !== false;
  const window = layer
    ? await sizeInFeatures(grid, layer.layer, layer.pointer, isCropped, context)
    : extent === undefined
      ? undefined
      : sizeInExtent(grid, grid.crs, extent as BoundingBox, isCropped);
  if (!window) return undefined;
  const { width, height } = window;
  return { window: { width, height }, counted: width * height * bands };
};
