import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** Who waits in a world whose time goes as the explorer wants. */
export interface Waiting {
  /** A pause in the midst of the work. @returns when the pause is over */
  sleep(milliseconds: number): Promise<void>;
  /** Something that is done later beside the work. @returns what forgets it */
  later(action: () => void, milliseconds: number): () => void;
}

const waiting = new AsyncLocalStorage<Waiting>();

/** Runs code whose pauses and timers are those of a world. */
export const runWaiting = <T>(who: Waiting, code: () => T): T => waiting.run(who, code);

/** Lets the code of this process that is run by {@link runWaiting} wait by steps of a world; all other code waits as ever. */
export function useVirtualTimers(): void {
  const {
    setTimeout: realSetTimeout,
    clearTimeout: realClearTimeout,
    setImmediate: realImmediate,
  } = globalThis;
  const realSleep = timers.setTimeout;
  const replaced = {
    setTimeout: (action: () => void, milliseconds = 0) => {
      const who = waiting.getStore();
      return who ? { forget: who.later(action, milliseconds) } : realSetTimeout(action, milliseconds);
    },
    clearTimeout: (timer: { forget?: () => void } | undefined) =>
      timer?.forget ? timer.forget() : realClearTimeout(timer as never),
    setImmediate: (action: () => void) =>
      waiting.getStore() ? queueMicrotask(action) : realImmediate(action),
  };
  Object.assign(globalThis, replaced);
  timers.setTimeout = ((milliseconds: number, ...rest: unknown[]) =>
    waiting.getStore()?.sleep(milliseconds) ??
    realSleep(milliseconds, ...(rest as []))) as typeof timers.setTimeout;
  syncBuiltinESMExports();
}
