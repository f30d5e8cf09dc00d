/** Progress is written at most this often: each write costs, and tells the worker whether it should go on. */
export const INTERVAL_MILLISECONDS = 2000;

/** A loop that reports without a pause must still let timers fire and sockets be read. */
const BREATH_MILLISECONDS = 50;

interface Reporter {
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Writes a percentage; aborts the signal when the job no longer runs. */
  readonly write: (percent: number, message: string | undefined) => Promise<void>;
}

/**
 * Turns the many reports of a process into few writes: whole percents, never backwards, 99 at the most while it
 * runs. @throws the reason of the signal once it is aborted
 */
export function progressReporter({ now, signal, write }: Reporter) {
  let written = now();
  let breathed = written;
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
    if (time - written < INTERVAL_MILLISECONDS) return;
    written = time;
    await write(highest, message);
    signal.throwIfAborted();
  };
}
