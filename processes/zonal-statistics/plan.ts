import { requirePolygons } from '../../geo/layer/require-polygons.ts';
import type { PlanPart } from '../common/part-plan.ts';
import { findZoneWindow, mergeWindows, zonesOnRaster } from './zone-windows.ts';

/** The window around all zones. */
export const planPart: PlanPart = async ({ grid, pointer, layer }, context) => {
  if (!layer) return undefined;
  requirePolygons(layer.layer, 'zones must be polygons.');
  const placed = await zonesOnRaster(layer.layer, { ...grid, pointer }, context);
  const windows = placed.features.map(({ geometry }) => findZoneWindow(geometry, grid));
  const { width, height } = mergeWindows(windows);
  return { pixels: width * height, counted: width * height };
};
