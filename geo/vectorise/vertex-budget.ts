import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import type { PointBudget } from './linked-points.ts';

/** How many times as many vertices as a layer that is read may have. */
const FACTOR = 5;

/** How many times as many lines or polygons as a layer that is read may have features: half a million take two gigabytes. */
const PARTS_FACTOR = 10;

/** Bounds the lines or polygons that are made from a raster: every pixel may be one. @param advice what would make them fewer */
export function partBudget(
  { limits }: RunContext,
  pointer: string,
  parts: 'lines' | 'polygons',
  advice: string,
): PointBudget {
  const most = (limits.features ?? Infinity) * PARTS_FACTOR;
  return {
    most,
    exceeded: () =>
      new ClassLimitExceeded(
        pointer,
        `The result would have more than ${most} ${parts}, which is the limit of the process. ${advice}`,
      ),
  };
}

/** Bounds what is made from a raster: every pixel may have an outline, or many lines. @param advice what would make it smaller */
export function vertexBudget({ limits }: RunContext, pointer: string, advice: string): PointBudget {
  const most = (limits.vertices ?? Infinity) * FACTOR;
  return {
    most,
    exceeded: () =>
      new ClassLimitExceeded(
        pointer,
        `The result would have more than ${most} vertices, which is the limit of the process. ${advice}`,
      ),
  };
}
