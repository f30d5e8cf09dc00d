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

/** The same for the inner loop over the pairs of a feature, of which it counts the calls itself. */
export function pairProgress(
  context: RunContext,
  total: number,
  message: string,
): (done: number) => Promise<void> {
  let last = performance.now();
  let calls = 0;
  return async (done) => {
    if (++calls % FEATURES !== 0 && (calls % 16 !== 0 || performance.now() - last < MILLISECONDS)) return;
    last = performance.now();
    await context.progress(done, total, message);
  };
}
