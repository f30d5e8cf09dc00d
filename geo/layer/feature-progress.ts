import type { RunContext } from '../../core/run/context.ts';

const FEATURES = 1000;
const MILLISECONDS = 200;

/**
 * Tells the progress of a loop over features when it is due: every 1000 features or fifth of a second,
 * whichever comes first. In between it costs one look at the clock.
 */
export function featureProgress(
  context: RunContext,
  total: number,
  message: string,
): (done: number) => Promise<void> {
  let last = performance.now();
  let reported = -FEATURES;
  return async (done) => {
    const now = performance.now();
    if (done - reported < FEATURES && now - last < MILLISECONDS) return;
    last = now;
    reported = done;
    await context.progress(done, total, message);
  };
}
