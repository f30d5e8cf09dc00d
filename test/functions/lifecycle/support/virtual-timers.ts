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
    // Of Node.js's own code too, which passes arguments.
    setTimeout: (action: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
      const who = waiting.getStore();
      if (who) return { forget: who.later(() => action(...args), milliseconds) };
      return realSetTimeout(action, milliseconds, ...args);
    },
    clearTimeout: (timer: { forget?: () => void } | undefined) =>
      timer?.forget ? timer.forget() : realClearTimeout(timer as never),
    setImmediate: (action: (...args: unknown[]) => void, ...args: unknown[]) =>
      waiting.getStore() ? queueMicrotask(() => action(...args)) : realImmediate(action, ...args),
  };
  Object.assign(globalThis, replaced);
  timers.setTimeout = ((milliseconds: number, ...rest: unknown[]) =>
    waiting.getStore()?.sleep(milliseconds) ??
    realSleep(milliseconds, ...(rest as []))) as typeof timers.setTimeout;
  syncBuiltinESMExports();
}
