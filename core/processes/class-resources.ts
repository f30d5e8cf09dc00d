import type { FunctionSize } from '../cost/usage.ts';
import type { ComputeClass } from './declaration.ts';

/** Megabytes that the worker of each class has where a deployment does not say otherwise. */
export const classResources: Readonly<Record<ComputeClass, FunctionSize>> = {
  light: { memory: 512, ephemeralStorage: 512 },
  // New accounts are limited to 3008 MB per function; ask for more before deploying the raster worker as it is.
  vector: { memory: 3008, ephemeralStorage: 2048 },
  raster: { memory: 6144, ephemeralStorage: 4096 },
};

/** Megabytes of the functions behind the API. */
export const apiResources: FunctionSize = { memory: 512, ephemeralStorage: 512 };

/** Megabytes of the tasks besides the workers. */
export const taskResources: FunctionSize = { memory: 256, ephemeralStorage: 512 };
