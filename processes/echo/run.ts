import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../core/processes/declaration.ts';
import type declaration from './process.ts';

/** Returns the inputs; pauses in steps of a quarter second, so that a dismissal ends the pause. */
export const run: Run<typeof declaration> = async ({ pause, ...values }, context) => {
  const steps = pause * 4;
  for (let step = 0; step < steps; step++) {
    await context.progress(step, steps, 'Pausing');
    await sleep(250, undefined, { signal: context.signal });
  }
  return values;
};
