// Generated from the folders beside it by "npm run generate".
import type { PlanPart } from '../../processes/common/part-plan.ts';

export const partPlans: Readonly<Record<string, () => Promise<{ readonly planPart: PlanPart }>>> = {
  'clip-raster': () => import('../../processes/clip-raster/plan.ts'),
  'sample-raster': () => import('../../processes/sample-raster/plan.ts'),
  'zonal-statistics': () => import('../../processes/zonal-statistics/plan.ts'),
};
