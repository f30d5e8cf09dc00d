import { type MessagePort, parentPort } from 'node:worker_threads';
import { Claims } from './claims.ts';
import { failureOf } from './failure.ts';
import type { Kernel, KernelContext, LoadKernel, OpenKernel } from './kernel.ts';
import type { HelperMessage, WorkMessage } from './messages.ts';

/** Makes this thread a helper: it takes parts of the works that it is told of, one work after the other. */
export function serveKernels(
  kernels: Readonly<Record<string, LoadKernel>>,
  port: MessagePort | null = parentPort,
): void {
  if (!port) throw new Error('This module runs in a worker thread');
  const post: Post = (message, transfer = []) => port.postMessage(message, transfer);
  let before = Promise.resolve();
  port.on('message', (message: WorkMessage) => {
    before = before.then(() => help(message, kernels, post));
  });
}

type Post = (message: HelperMessage, transfer?: ArrayBuffer[]) => void;

async function help(
  message: WorkMessage,
  kernels: Readonly<Record<string, LoadKernel>>,
  post: Post,
): Promise<void> {
  const { id, kernel, data, limits, thread, threads } = message;
  const claims = new Claims(message.claims, thread, threads);
  let part = claims.take();
  // Others were faster: there is no need to load anything.
  if (part === undefined) return;
  const context: KernelContext = {
    limits,
    warn: (text, details) => post({ id, kind: 'remark', part: part!, message: text, details }),
    // The thread is ended when the work should stop, in the middle of whatever it does.
    isDue: () => false,
    breathe: async () => {},
  };
  let open: OpenKernel<unknown> | undefined;
  for (; part !== undefined; part = claims.take()) {
    try {
      open ??= await (await loadKernel(kernel, kernels)).open(data, context);
      const result = await open.part(part);
      post({ id, kind: 'result', part, result }, memoryOf(result));
    } catch (error) {
      claims.fail(part);
      post({ id, kind: 'failed', part, failure: failureOf(error) });
    }
  }
  open?.end();
}

/** The memory of the typed arrays in a result, which is handed over. */
function memoryOf(result: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const member of Object.values(value)) visit(member);
  };
  visit(result);
  return [...found];
}

function loadKernel(
  name: string,
  kernels: Readonly<Record<string, LoadKernel>>,
): Promise<Kernel<unknown, unknown>> {
  const load = kernels[name];
  if (!load) throw new Error(`The table of kernels has no ${name}`);
  return load();
}
