import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import type { PointBudget } from './linked-points.ts';

/** How many times as many vertices as a layer that is read may have. */
const FACTOR = 5;

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
