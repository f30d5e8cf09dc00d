import type { PlanPart } from '../common/part-plan.ts';
import { checkPoints, findPlaces, groupPlaces } from './places.ts';

/** The windows around points that lie near to each other. */
export const planPart: PlanPart = async ({ grid, values: { interpolation }, layer }, context) => {
  if (!layer) return undefined;
  checkPoints(layer.layer);
  const places = await findPlaces(layer.layer, grid, context);
  const groups = groupPlaces(grid, places, interpolation === 'bilinear');
  const pixels = groups.reduce((sum, { window }) => sum + (window ? window.width * window.height : 0), 0);
  return { pixels };
};
