import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds before each further attempt; together less than the margin that a job leaves for its end. */
const PAUSES = [100, 300, 800];

/**
 * Does what must not be left undone, such as recording how a job ended: again after each failure, with growing
 * pauses. The AWS SDK has tried several times by then; this outlasts a throttled second.
 *
 * @param failed told of each failure but the last, and of the pause in milliseconds that follows; what it throws ends the attempts
 * @throws what the last attempt throws
 */
export async function withRetries<T>(
  action: () => Promise<T>,
  failed: (error: unknown, pause: number) => void,
  pauses: readonly number[] = PAUSES,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await action();
    } catch (error) {
      failed(error, pause);
      await sleep(pause);
    }
  }
  return action();
}
