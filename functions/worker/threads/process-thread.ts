import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { OutOfMemory, problemFromFailure } from '../../../core/jobs/failures.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { Encoded, type RunContext, type Source, WorkToDivide } from '../../../core/run/context.ts';
import { Refusal, refusalFromProblem } from '../../../core/shared/errors.ts';
import { Channel } from '../../../geo/parallel/channel.ts';
import { isOutOfMemory, isOutOfSpace, isTrap } from '../../../geo/parallel/errors.ts';
import { logger } from '../../observe/logger.ts';
import type { InputMessage, MainSide, OutputMessage, SourceDescription, ThreadSide } from './messages.ts';
import { ScratchDirectory } from './scratch-directory.ts';

/** Milliseconds between two looks at whether the work should go on, also in the middle of a long operation. */
const HEARTBEAT_MILLISECONDS = 1000;

/**
 * Bytes of memory above which a thread is not kept for the next execution: WebAssembly memory never shrinks. Less where the
 * function has less.
 */
const KEPT_BYTES =
  Math.min(512, 0.6 * Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 1024)) * 1024 * 1024;

/** Milliseconds in which a thread ends that can be ended. */
const ENDING_MILLISECONDS = 1000;

/** A thread with its directory for temporary files. */
interface Running {
  readonly worker: Worker;
  readonly scratch: ScratchDirectory;
}

/**
 * Runs processes in a thread of their own, so that timers, progress and dismissal work in the middle of a long
 * operation: what should stop is ended, whatever it is doing. The thread is kept for the next execution unless it was
 * ended or has grown large.
 *
 * JavaScript and WebAssembly end at once. Native code, such as a query of SQLite, does not: {@link isFree} tells, and
 * then only the end of the process ends it.
 */
export class ProcessThread {
  readonly #entry: URL;
  #idle: Running | undefined;
  /** Resolves to whether all threads that should have ended have. */
  #ending: Promise<boolean> = Promise.resolve(true);

  /** @param entry module that calls `serve`. */
  constructor(entry: URL) {
    this.#entry = entry;
  }

  /** Starts the thread before it is needed. */
  prepare(): void {
    if (this.#idle) return;
    this.#idle = this.#start();
    this.#idle.worker.unref();
  }

  /** The algorithm of a process, as `perform` calls it. */
  makeRun =
    (process: ProcessDeclaration): Run<ProcessDeclaration> =>
    async (inputs, context) =>
      this.#run(process, inputs, context);

  /**
   * Waits for what was ended. @returns false where it has not ended within a second: it goes on and uses a processor, so that
   * nothing else should be run in this process
   */
  isFree(): Promise<boolean> {
    return this.#ending;
  }

  /** Ends the kept thread; for tests. */
  async close(): Promise<void> {
    if (this.#idle) this.#end(this.#idle);
    this.#idle = undefined;
    await this.#ending;
  }

  #start(): Running {
    const scratch = new ScratchDirectory();
    const worker = new Worker(this.#entry, { env: scratch.environment });
    const running = { worker, scratch };
    // A thread that ends while it waits is not used again.
    const forget = () => {
      if (this.#idle === running) this.#idle = undefined;
    };
    worker.on('error', forget);
    worker.on('exit', () => {
      forget();
      scratch.remove();
    });
    return running;
  }

  async #run(
    process: ProcessDeclaration,
    inputs: Readonly<Record<string, unknown>>,
    context: RunContext,
  ): Promise<Record<string, unknown>> {
    context.signal.throwIfAborted();
    const running = this.#idle ?? this.#start();
    this.#idle = undefined;
    const lost = new AbortController();
    try {
      const outputs = await exchange(running.worker, process, inputs, context, lost);
      await this.#keep(running);
      return outputs;
    } catch (error) {
      // A refusal is an answer like any other; after anything else nobody knows in which state the thread is. Nor after one that
      // tells of WebAssembly that has stopped.
      const isAnswer = error instanceof WorkToDivide || (error instanceof Refusal && !isTrap(error.cause));
      if (isAnswer && !lost.signal.aborted) await this.#keep(running);
      else this.#end(running);
      throw error;
    }
  }

  async #keep(running: Running): Promise<void> {
    const { worker, scratch } = running;
    if (process.memoryUsage.rss() > KEPT_BYTES) {
      await worker.terminate();
      return;
    }
    // It has ended by itself after its answer.
    if (worker.threadId === -1) return;
    scratch.empty();
    worker.unref();
    this.#idle = running;
  }

  #end({ worker, scratch }: Running): void {
    const before = this.#ending;
    this.#ending = (async () => {
      const isEnded = await Promise.race([
        worker.terminate().then(() => true),
        sleep(ENDING_MILLISECONDS, false, { ref: false }),
      ]);
      // Also of one that still has files open: their names are gone now, their bytes when the process has ended.
      scratch.remove();
      return (await before) && isEnded;
    })();
  }
}

/**
 * Has a thread run a process, and does meanwhile what only this thread can: opening inputs, telling the progress.
 *
 * @param lost aborted when the thread has not answered: it should stop, or is no more.
 */
async function exchange(
  worker: Worker,
  process: ProcessDeclaration,
  inputs: Readonly<Record<string, unknown>>,
  context: RunContext,
  lost: AbortController,
): Promise<Record<string, unknown>> {
  const sources: Source[] = [];
  let last: readonly [number, number, string | undefined] = [0, 0, undefined];
  const sourceAt = (index: number): Source => {
    const source = sources[index];
    if (!source) throw new Error('There is no such source');
    return source;
  };
  const report = () => context.progress(...last).catch(fail);
  const thread = new Channel<MainSide, ThreadSide>(worker, {
    progress: ({ done, total, message }) => {
      last = [done, total, message];
      void report();
    },
    log: ({ message, details }) => context.log(message, details),
    warn: ({ message, details }) => context.warn(message, details),
    size: ({ source }) => sourceAt(source).size(),
    read: ({ source, offset, length }) => sourceAt(source).read(offset, length),
    bytes: ({ source }) => sourceAt(source).bytes(),
  });
  const fail = (error: unknown) => {
    lost.abort();
    thread.close(error);
  };
  const abort = () => fail(context.signal.reason);
  const beat = setInterval(() => void report(), HEARTBEAT_MILLISECONDS);
  context.signal.addEventListener('abort', abort, { once: true });
  const lose = (error: unknown) => fail(explained(error));
  const crash = () => fail(refusalFromProblem(problemFromFailure('crash')));
  worker.ref();
  worker.on('error', lose);
  worker.on('exit', crash);
  try {
    const { summaries, ...division } = context.division ?? {};
    const call = thread.call('run', {
      processID: process.id,
      inputs: mapEntries(inputs, (value) => describe(value, sources)),
      formats: Object.fromEntries(Object.keys(process.outputs).map((id) => [id, context.format(id)])),
      limits: context.limits,
      ...(context.division && { division }),
      ...(summaries && { summaries: describe(summaries, sources) }),
      synchronous: context.synchronous,
    });
    const answer = await call.catch((error) => {
      throw explained(error);
    });
    if ('divide' in answer) throw new WorkToDivide(answer.divide.size, answer.divide.found);
    return mapEntries(answer.outputs, unpack);
  } finally {
    clearInterval(beat);
    context.signal.removeEventListener('abort', abort);
    worker.off('error', lose);
    worker.off('exit', crash);
    thread.close(undefined);
  }
}

/** What ran out in the thread, or on its disk, leaves the worker able to say so. */
function explained(error: unknown): unknown {
  if (isOutOfMemory(error)) return new OutOfMemory(error);
  if (!isOutOfSpace(error)) return error;
  logger.error('Worker:DiskFull', { error });
  return refusalFromProblem(problemFromFailure('storage'));
}

/** A description in the place of each source, which cannot leave this thread. */
function describe(value: unknown, sources: Source[]): InputMessage {
  if (Array.isArray(value) && value.some(isSource))
    return { list: value.map((item) => describe(item, sources)) };
  if (!isSource(value)) return { value };
  const { pointer, mediaType, href, layer, value: content } = value;
  const source: SourceDescription = {
    index: sources.push(value) - 1,
    pointer,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(href === undefined ? {} : { href }),
    ...(layer === undefined ? {} : { layer }),
    ...(content === undefined ? {} : inlineValue(content)),
  };
  return { source };
}

function inlineValue(value: unknown): Pick<SourceDescription, 'json' | 'value'> {
  try {
    return { json: JSON.stringify(value) };
  } catch {
    return { value };
  }
}

const isSource = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'function';

function unpack(output: OutputMessage): unknown {
  if (!('encoded' in output)) return output.value;
  const { mediaType, bytes, remarks } = output.encoded;
  return new Encoded(mediaType, bytes, remarks);
}

const mapEntries = <From, To>(
  entries: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(entries).map(([id, value]) => [id, change(value)]));
