import type { TaskSize } from '../cost/fargate.ts';
import type { Limits } from '../run/context.ts';
import { Env, optional } from '../shared/env.ts';
import type { ComputeClass, ProcessDeclaration } from './declaration.ts';

/** A task of Fargate that runs what a worker has handed over: its size, and how much more it takes. */
export interface LargeClass extends TaskSize {
  /** Seconds that a job may run in it. */
  readonly timeout: number;
  /** How many times the limits of each compute class it takes. */
  readonly times: Readonly<Record<ComputeClass, number>>;
}

/**
 * A size that a new account may run: its quota is six processors. It has ten times the memory of the largest worker, so it
 * takes ten times as much.
 */
export const largeClass: LargeClass = {
  cpu: 4,
  memory: 30_720,
  disk: 100,
  timeout: 4 * 3600,
  times: { light: 10, vector: 10, raster: 10 },
};

/** Bounds of what is in the request itself, and of runs that are waited for: they stay as they are. */
const unchanged: readonly (keyof Limits)[] = ['inlineBytes', 'syncVertices', 'syncPixels'];

/** The limits of a process where it runs in the large class. */
export function enlargeLimits({ limits, computeClass }: ProcessDeclaration, { times }: LargeClass): Limits {
  const enlarged = Object.entries(limits).map(([name, value]: [string, number]) => [
    name,
    unchanged.includes(name as keyof Limits) ? value : value * times[computeClass],
  ]);
  return Object.fromEntries(enlarged) as unknown as Limits;
}

/** The large class of this deployment; undefined where there is none. */
export function largeClassFromEnvironment(
  env: Record<string, string | undefined> = process.env,
): LargeClass | undefined {
  const json = optional(Env.Large, env);
  return json === undefined ? undefined : (JSON.parse(json) as LargeClass);
}
