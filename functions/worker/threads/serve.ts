import { isMarkedAsUntransferable, type MessagePort, parentPort } from 'node:worker_threads';
import type { Runs } from '../../../core/processes/declaration.ts';
import { Encoded, type RunContext, type Source } from '../../../core/run/context.ts';
import { errorOf, serializeError } from './errors.ts';
import type { EncodedMessage, FromThread, SourceDescription, ToThread } from './messages.ts';

/** Milliseconds between two reports of progress, and between two looks at what the main thread says. */
const REPORT_MILLISECONDS = 100;
const BREATH_MILLISECONDS = 50;

/** Runs processes in this thread, one after the other, as the main thread asks. */
export function serve(runs: Runs, port: MessagePort | null = parentPort): void {
  if (!port) throw new Error('This module runs in a worker thread');
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const post = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  let asked = 0;
  const ask = <T>(source: number, method: 'size' | 'read' | 'bytes', offset = 0, length = 0): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve: resolve as (value: unknown) => void, reject });
      post({ kind: 'ask', id: asked, source, method, offset, length });
    });

  port.on('message', (message: ToThread) => {
    if (message.kind === 'run') void runProcess(message, runs, post, ask);
    else {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) reject?.(errorOf(message.error));
      else resolve?.(message.value);
    }
  });
}

type Post = (message: FromThread, transfer?: ArrayBuffer[]) => void;
type Ask = <T>(
  source: number,
  method: 'size' | 'read' | 'bytes',
  offset?: number,
  length?: number,
) => Promise<T>;

async function runProcess(
  { processID, inputs, formats, limits, synchronous }: ToThread & { kind: 'run' },
  runs: Runs,
  post: Post,
  ask: Ask,
): Promise<void> {
  try {
    const load = runs[processID];
    if (!load) throw new Error(`This worker has no process ${processID}`);
    const { run } = await load();
    const context: RunContext = {
      // The main thread ends this one when the work should stop, in the middle of whatever it does.
      signal: new AbortController().signal,
      progress: reporter(post),
      log: (message, details) =>
        post({ kind: 'log', message, ...(details === undefined ? {} : { details }) }),
      warn: (message, details) =>
        post({ kind: 'warn', message, ...(details === undefined ? {} : { details }) }),
      format: (id) => formats[id] ?? '',
      limits,
      synchronous,
    };
    const outputs = await run(revived(inputs, ask), context);
    const { message, transfer } = packed(outputs);
    post({ kind: 'done', outputs: message }, transfer);
  } catch (error) {
    post({ kind: 'failed', error: serializeError(error) });
  }
}

function reporter(post: Post): RunContext['progress'] {
  let reported = 0;
  let breathed = performance.now();
  return async (done, total, message) => {
    const now = performance.now();
    if (now - reported >= REPORT_MILLISECONDS) {
      reported = now;
      post({ kind: 'progress', done, total, ...(message === undefined ? {} : { message }) });
    }
    if (now - breathed < BREATH_MILLISECONDS) return;
    breathed = now;
    await new Promise(setImmediate);
  };
}

/** Puts sources in the place of their descriptions. */
function revived(inputs: Readonly<Record<string, unknown>>, ask: Ask): Record<string, unknown> {
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    const isSource = typeof value === 'object' && value !== null && '~source' in value;
    return isSource ? sourceOf(value as SourceDescription, ask) : value;
  };
  return Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, revive(value)]));
}

function sourceOf({ '~source': index, ...known }: SourceDescription, ask: Ask): Source {
  return {
    ...known,
    size: () => ask<number | undefined>(index, 'size'),
    read: (offset, length) => ask<Uint8Array>(index, 'read', offset, length),
    bytes: () => ask<Uint8Array>(index, 'bytes'),
  };
}

/** Files leave without being copied. */
function packed(outputs: Readonly<Record<string, unknown>>) {
  const transfer: ArrayBuffer[] = [];
  const message = Object.fromEntries(
    Object.entries(outputs).map(([id, value]): [string, unknown] => {
      if (!(value instanceof Encoded)) return [id, value];
      // Part of a larger buffer, as of Node's pool or of WebAssembly, can neither leave nor take the rest along.
      const whole =
        value.bytes.byteLength === value.bytes.buffer.byteLength &&
        !isMarkedAsUntransferable(value.bytes.buffer);
      const bytes = whole ? value.bytes : new Uint8Array(value.bytes);
      transfer.push(bytes.buffer as ArrayBuffer);
      return [id, { '~encoded': value.mediaType, bytes, remarks: value.remarks } satisfies EncodedMessage];
    }),
  );
  return { message, transfer: [...new Set(transfer)] };
}
