import { isMarkedAsUntransferable, parentPort } from 'node:worker_threads';
import type { Runs } from '../../../core/processes/declaration.ts';
import {
  type Division,
  Encoded,
  type RunContext,
  type Source,
  WorkToDivide,
} from '../../../core/run/context.ts';
import { parseExact } from '../../../core/shared/exact-json.ts';
import { Channel, type ChannelPort, HandedOver } from '../../../geo/parallel/channel.ts';
import type {
  InputMessage,
  MainSide,
  OutputMessage,
  RunAnswer,
  RunRequest,
  SourceDescription,
  ThreadSide,
} from './messages.ts';

/** Milliseconds between two reports of progress, and between two looks at what the main thread says. */
const REPORT_MILLISECONDS = 100;
const BREATH_MILLISECONDS = 50;

type Main = Channel<ThreadSide, MainSide>;

/** Runs processes in this thread, one after the other, as the main thread asks. */
export function serve(runs: Runs, port: ChannelPort | null = parentPort): void {
  if (!port) throw new Error('This module runs in a worker thread');
  const main: Main = new Channel<ThreadSide, MainSide>(port, {
    run: (request) => runProcess(request, runs, main),
  });
}

async function runProcess(
  { processID, inputs, formats, limits, division, summaries, synchronous }: RunRequest,
  runs: Runs,
  main: Main,
): Promise<HandedOver<RunAnswer>> {
  const load = runs[processID];
  if (!load) throw new Error(`This worker has no process ${processID}`);
  const { run } = await load();
  // What a process does after it has ended is not said in the name of the next one.
  let isRunning = true;
  const context: RunContext = {
    // The main thread ends this one when the work should stop, in the middle of whatever it does.
    signal: new AbortController().signal,
    progress: reporter((progress) => isRunning && main.notify('progress', progress)),
    log: (message, details) => isRunning && main.notify('log', { message, details }),
    warn: (message, details) => isRunning && main.notify('warn', { message, details }),
    format: (id) => formats[id] ?? '',
    limits,
    ...(division && {
      division: {
        ...division,
        ...(summaries && ({ summaries: revive(summaries, main) } as Pick<Division, 'summaries'>)),
      },
    }),
    synchronous,
  };
  try {
    return packed(await run(revived(inputs, main), context));
  } catch (error) {
    if (!(error instanceof WorkToDivide)) throw error;
    // An answer, not a failure: the thread is as it was.
    const { size, found } = error;
    return new HandedOver({ divide: { size, found } }, []);
  } finally {
    isRunning = false;
  }
}

function reporter(tell: (progress: Parameters<MainSide['progress']>[0]) => void): RunContext['progress'] {
  let reported = 0;
  let breathed = performance.now();
  return async (done, total, message) => {
    const now = performance.now();
    if (now - reported >= REPORT_MILLISECONDS) {
      reported = now;
      tell({ done, total, ...(message === undefined ? {} : { message }) });
    }
    if (now - breathed < BREATH_MILLISECONDS) return;
    breathed = now;
    await new Promise(setImmediate);
  };
}

/** Sources in the place of their descriptions. */
const revived = (inputs: RunRequest['inputs'], main: Main): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputs).map(([id, input]) => [id, revive(input, main)]));

function revive(input: InputMessage, main: Main): unknown {
  if ('source' in input) return sourceFrom(input.source, main);
  return 'list' in input ? input.list.map((item) => revive(item, main)) : input.value;
}

function sourceFrom({ index: source, json, ...known }: SourceDescription, main: Main): Source {
  return {
    ...known,
    ...(json === undefined ? {} : { value: parseExact(json) as unknown }),
    size: () => main.call('size', { source }),
    read: (offset, length) => main.call('read', { source, offset, length }),
    bytes: () => main.call('bytes', { source }),
  };
}

/** Files leave without being copied. */
function packed(results: Readonly<Record<string, unknown>>): HandedOver<RunAnswer> {
  const buffers = new Set<ArrayBuffer>();
  const pack = (value: unknown): OutputMessage => {
    if (!(value instanceof Encoded)) return { value };
    const { mediaType, remarks } = value;
    // Part of a larger buffer, as of Node's pool or of WebAssembly, can neither leave nor take the rest along.
    const whole =
      value.bytes.byteLength === value.bytes.buffer.byteLength &&
      !isMarkedAsUntransferable(value.bytes.buffer);
    const bytes = whole ? value.bytes : new Uint8Array(value.bytes);
    buffers.add(bytes.buffer as ArrayBuffer);
    return { encoded: { mediaType, bytes, remarks } };
  };
  const outputs = Object.fromEntries(Object.entries(results).map(([id, value]) => [id, pack(value)]));
  return new HandedOver({ outputs }, [...buffers]);
}
