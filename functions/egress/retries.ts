import { setTimeout as sleep } from 'node:timers/promises';
import { isTemporary, readRetryAfter } from './failures.ts';

/** Attempts of one request at most. */
const ATTEMPTS = 6;
/** Pauses before an attempt grow from the first to the longest, each by chance between half of it and all of it. */
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 15_000;

/** A server that fails still, after all attempts or when the time for them is over. */
export class GaveUp extends Error {
  readonly attempts: number;

  constructor(cause: unknown, attempts: number) {
    super('The server is still failing', { cause });
    this.name = 'GaveUp';
    this.attempts = attempts;
  }
}

/** Where time and chance come from; tests have their own. */
export interface Pauses {
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const realPauses: Pauses = {
  now: () => performance.now(),
  random: Math.random,
  pause: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
};

/**
 * Repeats requests whose failure may pass: exponential backoff with jitter, or as long as the server asks for. The
 * time that may be lost so is that of all requests of one file together, so that a server that fails now and then cannot
 * use up the time of a job. Requests that wait at the same time lose that time once.
 */
export class Retries {
  #left: number;
  /** Up to when lost time has been counted. */
  #counted = Number.NEGATIVE_INFINITY;
  readonly #pauses: Pauses;

  /** @param seconds that may be lost in failures and pauses. */
  constructor(seconds: number, pauses: Pauses = realPauses) {
    this.#left = seconds * 1000;
    this.#pauses = pauses;
  }

  /** @throws GaveUp, or at once what does not pass by waiting */
  async repeat<T>(
    attempt: () => Promise<T>,
    signal: AbortSignal | undefined,
    mayPass: (error: unknown) => boolean = isTemporary,
  ): Promise<T> {
    for (let count = 1; ; count++) {
      const began = this.#pauses.now();
      try {
        return await attempt();
      } catch (error) {
        if (signal?.aborted || !mayPass(error)) throw error;
        const now = this.#pauses.now();
        this.#lose(began, now);
        const pause = this.#pauseAfter(count, error);
        if (count === ATTEMPTS || pause > this.#left) throw new GaveUp(error, count);
        this.#lose(now, now + pause);
        await this.#pauses.pause(pause, signal);
      }
    }
  }

  #lose(from: number, to: number): void {
    this.#left -= Math.max(0, to - Math.max(from, this.#counted));
    this.#counted = Math.max(this.#counted, to);
  }

  /** Milliseconds. What the server asks for is kept; others that it sent away must not all come back at once. */
  #pauseAfter(count: number, error: unknown): number {
    const usual = Math.min(FIRST_PAUSE * 2 ** (count - 1), LONGEST_PAUSE);
    const jittered = usual * (0.5 + this.#pauses.random() / 2);
    const asked = readRetryAfter(error);
    return asked === undefined ? jittered : Math.max(asked * 1000, jittered);
  }
}
