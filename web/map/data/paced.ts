/** Milliseconds between two requests. */
const LEAST_MILLISECONDS = 1000;
/** Milliseconds in which what is asked may be taken back, as while somebody moves the map. */
const PAUSE_MILLISECONDS = 250;

/** Lets requests follow each other at most once a second, each after a pause in which another may take its place. */
export class Paced {
  #free = 0;

  /** Resolves when a request may be sent. @throws what the signal was aborted with, where it is no longer wanted */
  async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = Date.now();
    await elapsed(Math.max(PAUSE_MILLISECONDS, this.#free - now), signal);
    this.#free = Date.now() + LEAST_MILLISECONDS;
  }
}

const elapsed = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
