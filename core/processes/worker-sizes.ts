import { Env, optional } from '../shared/env.ts';
import { classResources, type WorkerSizes } from './class-resources.ts';

/** The sizes of the workers of this deployment, those of the classes where it has no others. */
export function workerSizesFromEnvironment(
  env: Record<string, string | undefined> = process.env,
): WorkerSizes {
  const sizes = optional(Env.WorkerSizes, env);
  return sizes === undefined ? classResources : (JSON.parse(sizes) as WorkerSizes);
}
