import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../core/processes/declaration.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import type declaration from './process.ts';

/** Seconds for which a gateway keeps a connection open, less what the rest takes. */
const LONGEST_WAIT_SECONDS = 20;

/** Returns the inputs; pauses in steps of a quarter second, so that a dismissal ends the pause. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const { pause } = inputs;
  if (context.synchronous && pause > LONGEST_WAIT_SECONDS) {
    const detail = `is ${pause} s; a synchronous execution may pause for up to ${LONGEST_WAIT_SECONDS} s. For longer pauses, send "Prefer: respond-async".`;
    throw new LimitExceeded('/inputs/pause', detail);
  }
  const steps = pause * 4;
  for (let step = 0; step < steps; step++) {
    await context.progress(step, steps, 'Pausing');
    await sleep(250, undefined, { signal: context.signal });
  }
  return inputs;
};
