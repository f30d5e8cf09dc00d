/** Progress is written at most this often: each write costs, and tells the worker whether it should go on. */
export const INTERVAL_MILLISECONDS = 2000;

/** The longest pause between two writes after some have failed: a dismissed job is found out by then. */
const LONGEST_INTERVAL_MILLISECONDS = 16_000;

/** A loop that reports without a pause must still let timers fire and sockets be read. */
const BREATH_MILLISECONDS = 50;

interface Reporter {
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Writes a percentage; aborts the signal when the job no longer runs. May fail: progress is best effort. */
  readonly write: (percent: number, message: string | undefined) => Promise<void>;
  /** Told of each write that failed. */
  readonly failed: (error: unknown) => void;
}

/**
 * Turns the many reports of a process into few writes: whole percents, never backwards, 99 at the most while it
 * runs. A write that fails (throttled, no connection) is told to `failed` and never to the process; the next one waits
 * twice as long, until one succeeds. @throws the reason of the signal once it is aborted
 */
export function progressReporter({ now, signal, write, failed }: Reporter) {
  let written = now();
  let breathed = written;
  let interval = INTERVAL_MILLISECONDS;
  let highest = 0;
  return async (done: number, total: number, message?: string): Promise<void> => {
    signal.throwIfAborted();
    const time = now();
    if (time - breathed >= BREATH_MILLISECONDS) {
      breathed = time;
      await new Promise(setImmediate);
      signal.throwIfAborted();
    }
    const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
    // Also false for what is not a number.
    if (percent > highest) highest = Math.min(99, percent);
    if (time - written < interval) return;
    written = time;
    try {
      await write(highest, message);
      interval = INTERVAL_MILLISECONDS;
    } catch (error) {
      interval = Math.min(interval * 2, LONGEST_INTERVAL_MILLISECONDS);
      failed(error);
    }
    signal.throwIfAborted();
  };
}
