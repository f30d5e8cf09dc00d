import type { RunContext } from '../../core/run/context.ts';
import { Claims } from './claims.ts';
import { decodeError } from './errors.ts';
import { helperThreads } from './helper-threads.ts';
import type { Kernel, KernelContext } from './kernel.ts';
import { Outcome } from './outcome.ts';
import { realPointer, withPointers } from './places.ts';

/** Calls between two looks at the clock in inner loops, and milliseconds between two breaths. */
const CALLS = 32;
const BREATH_MILLISECONDS = 50;

/** Milliseconds after which is looked whether the work should stop while helpers do the rest of it. */
const WAITING_MILLISECONDS = 100;

export interface Sharing<Result> {
  readonly context: RunContext;
  /** How many features each part has; there are as many parts. */
  readonly sizes: ArrayLike<number>;
  /** A measure of the work: small ones are not shared. */
  readonly vertices: number;
  /** Tells the progress, in features. @throws the reason when the work should stop */
  readonly reportProgress: (done: number) => Promise<void>;
  /** From indexes of geometries to their JSON pointers, by the numbers that the kernel gives the layers. */
  readonly pointers?: readonly ((index: number) => string)[];
  /** Sees each result when it comes, in any order. What it throws ends the work. */
  readonly visit?: (result: Result) => void;
}

let works = 0;

/**
 * Does all parts of a work on this thread and, where the work is large, on helpers on the other cores. Everyone takes
 * the next part when it is done with one; the results come in the order of the parts and are the same however
 * many threads there are.
 *
 * @throws what the first part that fails throws; the reason when the work should stop, after helpers were ended; an
 *   Error when a helper is lost
 */
export async function shareWork<Data, Result>(
  kernel: Kernel<Data, Result>,
  data: Data,
  sharing: Sharing<Result>,
): Promise<Result[]> {
  const { context, sizes, vertices, pointers = [] } = sharing;
  const outcome = new Outcome(sizes, sharing.visit);
  const helpers = helperThreads.for(sizes.length, vertices);
  const threads = helpers.length + 1;
  const claims = new Claims(Claims.allocate(sizes.length), 0, threads);
  const id = ++works;
  const { limits, signal } = context;
  for (const [index, helper] of helpers.entries()) {
    const work = {
      id,
      kernel: kernel.name,
      data,
      claims: claims.memory,
      thread: index + 1,
      threads,
      limits,
    };
    helper.start(work, {
      result: ({ part, result }) => outcome.settle(part, result as Result),
      failed: ({ part, error }) => outcome.fail(part, decodeError(error)),
      warning: ({ part, message, details }) => outcome.warn({ part, message, details }),
      lost: (error) => outcome.lose(error),
    });
  }
  const abort = () => outcome.lose(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    await ownShare(kernel, data, claims, outcome, sharing);
    outcome.check();
    while (!outcome.isComplete) {
      await outcome.change(WAITING_MILLISECONDS);
      outcome.check();
      await sharing.reportProgress(outcome.done);
    }
    await sharing.reportProgress(outcome.done);
  } catch (error) {
    if (helpers.length > 0) await helperThreads.end();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    for (const helper of helpers) helper.leave(id);
  }
  tellWarnings(outcome, sharing);
  try {
    return outcome.results;
  } catch (error) {
    throw withPointers(error, pointers);
  }
}

/** What this thread does of the work. */
async function ownShare<Data, Result>(
  kernel: Kernel<Data, Result>,
  data: Data,
  claims: Claims,
  outcome: Outcome<Result>,
  { context, reportProgress }: Sharing<Result>,
): Promise<void> {
  const first = claims.take();
  if (first === undefined) return;
  let part = first;
  const pace = new Pace();
  const kernelContext: KernelContext = {
    limits: context.limits,
    warn: (message, details) => outcome.warn({ part, message, details }),
    isDue: () => pace.isDue(),
    breathe: async () => {
      try {
        // Answers of helpers come only when this thread pauses.
        if (pace.isOver()) await new Promise(setImmediate);
        outcome.check();
        await reportProgress(outcome.done);
      } catch (error) {
        outcome.lose(error);
        throw error;
      }
    },
  };
  const open = await kernel.open(data, kernelContext);
  try {
    for (let next: number | undefined = first; next !== undefined; next = claims.take()) {
      part = next;
      await kernelContext.breathe();
      try {
        outcome.settle(part, await open.part(part));
      } catch (error) {
        // The work should stop, or this part has failed.
        outcome.check();
        claims.fail(part);
        outcome.fail(part, error);
      }
    }
  } finally {
    open.end();
  }
}

function tellWarnings<Result>(
  { warnings }: Outcome<Result>,
  { context, pointers = [] }: Sharing<Result>,
): void {
  for (const { message, details } of warnings) {
    const real = Object.entries(details ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? realPointer(value, pointers) : value,
    ]);
    context.warn(message, details && Object.fromEntries(real));
  }
}

/** When inner loops and parts let others run. */
class Pace {
  #calls = 0;
  #last = performance.now();

  isDue(): boolean {
    return ++this.#calls % CALLS === 0 && performance.now() - this.#last >= BREATH_MILLISECONDS;
  }

  /** True when the time is over, which then begins anew. */
  isOver(): boolean {
    const now = performance.now();
    if (now - this.#last < BREATH_MILLISECONDS) return false;
    this.#last = now;
    return true;
  }
}
