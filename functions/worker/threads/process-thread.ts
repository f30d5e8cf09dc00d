import { Worker } from 'node:worker_threads';
import { failureOf } from '../../../core/jobs/failures.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { Encoded, type RunContext, type Source } from '../../../core/run/context.ts';
import { refusalOf } from '../../../core/shared/errors.ts';
import { errorOf, serializeError } from './errors.ts';
import type { EncodedMessage, FromThread, SourceDescription, ToThread } from './messages.ts';

/** Milliseconds between two looks at whether the work should go on, also in the middle of a long operation. */
const HEARTBEAT_MILLISECONDS = 1000;

/** Bytes of memory above which a thread is not kept for the next execution: WebAssembly memory never shrinks. */
const KEPT_BYTES = 512 * 1024 * 1024;

/**
 * Runs processes in a thread of their own, so that timers, progress and dismissal work in the middle of a long
 * operation: what should stop is ended, whatever it is doing. The thread is kept for the next execution unless it was
 * ended or has grown large.
 */
export class ProcessThread {
  readonly #entry: URL;
  #idle: Worker | undefined;

  /** @param entry module that calls `serve`. */
  constructor(entry: URL) {
    this.#entry = entry;
  }

  /** The algorithm of a process, as `perform` calls it. */
  runOf =
    (process: ProcessDeclaration): Run<ProcessDeclaration> =>
    async (inputs, context) =>
      this.#run(process, inputs, context);

  /** Ends the kept thread; for tests. */
  async close(): Promise<void> {
    await this.#idle?.terminate();
    this.#idle = undefined;
  }

  async #run(
    process: ProcessDeclaration,
    inputs: Readonly<Record<string, unknown>>,
    context: RunContext,
  ): Promise<Record<string, unknown>> {
    context.signal.throwIfAborted();
    const worker = this.#idle ?? new Worker(this.#entry);
    this.#idle = undefined;
    worker.ref();
    try {
      const outputs = await exchange(worker, process, inputs, context);
      await this.#keep(worker);
      return outputs;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  async #keep(worker: Worker): Promise<void> {
    if (process.memoryUsage().rss > KEPT_BYTES) {
      await worker.terminate();
      return;
    }
    worker.unref();
    for (const event of ['message', 'error', 'exit'] as const) worker.removeAllListeners(event);
    // A thread that ends while it waits is not used again.
    worker.once('exit', () => {
      if (this.#idle === worker) this.#idle = undefined;
    });
    worker.on('error', () => undefined);
    this.#idle = worker;
  }
}

function exchange(
  worker: Worker,
  process: ProcessDeclaration,
  inputs: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<Record<string, unknown>> {
  const sources: Source[] = [];
  let last: readonly [number, number, string | undefined] = [0, 0, undefined];
  return new Promise((resolve, reject) => {
    const beat = setInterval(() => void report(), HEARTBEAT_MILLISECONDS);
    const settle = (end: () => void) => {
      clearInterval(beat);
      context.signal.removeEventListener('abort', abort);
      end();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const abort = () => fail(context.signal.reason);
    const report = () => context.progress(...last).catch(fail);
    context.signal.addEventListener('abort', abort, { once: true });
    worker.on('error', (error) => fail(threadError(error)));
    worker.on('exit', () => fail(refusalOf(failureOf('crash'))));
    worker.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'progress':
          last = [message.done, message.total, message.message];
          void report();
          return;
        case 'log':
        case 'warn':
          context[message.kind](message.message, message.details);
          return;
        case 'ask':
          void answer(worker, sources[message.source], message);
          return;
        case 'done':
          return settle(() => resolve(unpacked(message.outputs)));
        case 'failed':
          return fail(errorOf(message.error));
      }
    });
    post(worker, {
      kind: 'run',
      processID: process.id,
      inputs: described(inputs, sources),
      formats: Object.fromEntries(Object.keys(process.outputs).map((id) => [id, context.format(id)])),
      limits: context.limits,
      synchronous: context.synchronous,
    });
  });
}

const post = (worker: Worker, message: ToThread): void => worker.postMessage(message);

/** Memory that ran out in the thread alone leaves the worker able to say so. */
const threadError = (error: unknown): unknown =>
  (error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? refusalOf(failureOf('memory'))
    : error;

async function answer(
  worker: Worker,
  source: Source | undefined,
  { id, method, offset, length }: FromThread & { kind: 'ask' },
): Promise<void> {
  try {
    if (!source) throw new Error('There is no such source');
    const value = await (method === 'read' ? source.read(offset, length) : source[method]());
    post(worker, { kind: 'answer', id, value });
  } catch (error) {
    post(worker, { kind: 'answer', id, value: undefined, error: serializeError(error) });
  }
}

/** Puts descriptions in the place of sources, which cannot leave this thread. */
function described(inputs: Readonly<Record<string, unknown>>, sources: Source[]): Record<string, unknown> {
  const describe = (value: unknown): unknown => {
    if (Array.isArray(value) && value.some(isSource)) return value.map(describe);
    if (!isSource(value)) return value;
    const { pointer, mediaType, href, layer, value: content } = value;
    return {
      '~source': sources.push(value) - 1,
      pointer,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(href === undefined ? {} : { href }),
      ...(layer === undefined ? {} : { layer }),
      ...(content === undefined ? {} : { value: content }),
    } satisfies SourceDescription;
  };
  return Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, describe(value)]));
}

const isSource = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'function';

const unpacked = (outputs: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(outputs).map(([id, value]) => {
      const isEncoded = typeof value === 'object' && value !== null && '~encoded' in value;
      const { '~encoded': mediaType, bytes, remarks } = value as EncodedMessage;
      return [id, isEncoded ? new Encoded(mediaType, bytes, remarks) : value];
    }),
  );
