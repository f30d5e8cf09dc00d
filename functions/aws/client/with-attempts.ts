import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsError } from './aws-error.ts';

/** Milliseconds before the second attempt at most, twice as many before each one that follows. */
const PAUSE = 100;
/** The same where there were too many requests. */
const THROTTLED_PAUSE = 500;
const LONGEST_PAUSE = 20_000;

/** What services say of too many requests. As in the SDK. */
const throttling: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
/** What services and Node.js say of requests that did not get through. */
const transient: ReadonlySet<string> = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

/**
 * Asks again where that may help: of what was too much, of a server that failed, of connections that broke. As the SDK's standard
 * mode does, after a random part of a growing pause.
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
      const { status = 0, name, code = '' } = error as Partial<AwsError> & { readonly code?: string };
      const isThrottled = status === 429 || throttling.has(name ?? '');
      const mayPass = isThrottled || status >= 500 || transient.has(name ?? '') || transient.has(code);
      if (attempt >= most || signal?.aborted || !mayPass) throw error;
      const longest = (isThrottled ? THROTTLED_PAUSE : PAUSE) * 2 ** (attempt - 1);
      await sleep(Math.random() * Math.min(longest, LONGEST_PAUSE));
    }
  }
}
