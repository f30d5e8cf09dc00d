import { setTimeout as sleep } from 'node:timers/promises';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** Milliseconds before the second attempt at most, twice as many before each one that follows. */
const PAUSE = 100;
/** The same where there were too many requests. */
const THROTTLED_PAUSE = 500;
const LONGEST_PAUSE = 20_000;

type Failure = Parameters<typeof isTransientError>[0];

/**
 * Asks again where that may help: of what was too much, of a server that failed, of connections that broke. As the SDK's standard
 * mode does, whose judgement of errors this is, after a random part of a growing pause.
 *
 * @param ask is told the number of the attempt, from 1 on
 * @throws what the last attempt throws
 */
export async function withAttempts<T>(
  most: number,
  ask: (attempt: number) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(attempt);
    } catch (error) {
      if (attempt >= most || signal?.aborted || !(error instanceof Error)) throw error;
      const isThrottled = isThrottlingError(error as Failure);
      if (!isThrottled && !isTransientError(error as Failure) && !isServerError(error as Failure))
        throw error;
      const longest = (isThrottled ? THROTTLED_PAUSE : PAUSE) * 2 ** (attempt - 1);
      await sleep(Math.random() * Math.min(longest, LONGEST_PAUSE));
    }
  }
}
