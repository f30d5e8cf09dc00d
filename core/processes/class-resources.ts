import type { FunctionSize } from '../cost/usage.ts';
import { Env, optional } from '../shared/env.ts';
import type { ComputeClass } from './declaration.ts';

/** What a worker has, and how long it may run. */
export interface WorkerSize {
  /** Megabytes. */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
}

export type WorkerSizes = Readonly<Record<ComputeClass, WorkerSize>>;

/** What the worker of each class has where a deployment does not say otherwise. */
export const classResources: Readonly<Record<ComputeClass, WorkerSize & FunctionSize>> = {
  light: { memory: 512, timeout: 120, ephemeralStorage: 512 },
  // New accounts are limited to 3008 MB a function.
  vector: { memory: 3008, timeout: 900, ephemeralStorage: 2048 },
  raster: { memory: 3008, timeout: 900, ephemeralStorage: 4096 },
};

/** Megabytes of the functions behind the API. */
export const apiResources: FunctionSize = { memory: 512, ephemeralStorage: 512 };

/** Megabytes of the tasks besides the workers. */
export const taskResources: FunctionSize = { memory: 256, ephemeralStorage: 512 };

/** The sizes of the workers of this deployment, those of the classes where it has no others. */
export function workerSizesFromEnvironment(
  env: Record<string, string | undefined> = process.env,
): WorkerSizes {
  const sizes = optional(Env.WorkerSizes, env);
  return sizes === undefined ? classResources : (JSON.parse(sizes) as WorkerSizes);
}
