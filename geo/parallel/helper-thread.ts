import { parentPort } from 'node:worker_threads';
import { Channel, type ChannelPort } from './channel.ts';
import { Claims } from './claims.ts';
import { encodeError } from './errors.ts';
import type { Kernel, KernelContext, LoadKernel, OpenKernel } from './kernel.ts';
import type { HelperSide, SharerSide, Work } from './messages.ts';

type Kernels = Readonly<Record<string, LoadKernel>>;
type Sharer = Channel<HelperSide, SharerSide>;

/**
 * Makes this thread a helper: it takes parts of the works that it is told of, one work after the other.
 *
 * @throws Error
 */
export function serveKernels(kernels: Kernels, port: ChannelPort | null = parentPort): void {
  if (!port) throw new Error('This module runs in a worker thread');
  let before = Promise.resolve();
  const sharer: Sharer = new Channel<HelperSide, SharerSide>(port, {
    help: (work) => {
      const done = before.then(() => help(work, kernels, sharer));
      before = done.catch(() => undefined);
      return done;
    },
  });
}

async function help(work: Work, kernels: Kernels, sharer: Sharer): Promise<void> {
  const { id, kernel, data, limits, thread, threads } = work;
  const claims = new Claims(work.claims, thread, threads);
  const first = claims.take();
  // Others were faster: there is no need to load anything.
  if (first === undefined) return;
  let part = first;
  const context: KernelContext = {
    limits,
    warn: (message, details) => sharer.notify('warning', { work: id, part, message, details }),
    // The thread is ended when the work should stop, in the middle of whatever it does.
    isDue: () => false,
    breathe: async () => {},
  };
  let open: OpenKernel<unknown> | undefined;
  for (let next: number | undefined = first; next !== undefined; next = claims.take()) {
    part = next;
    try {
      open ??= await (await loadKernel(kernel, kernels)).open(data, context);
      const result = await open.part(part);
      sharer.notify('result', { work: id, part, result }, memoryIn(result));
    } catch (error) {
      claims.fail(part);
      sharer.notify('failed', { work: id, part, error: encodeError(error) });
    }
  }
  open?.end();
}

/** The memory of the typed arrays in a result, which is handed over. */
function memoryIn(result: unknown): ArrayBuffer[] {
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

function loadKernel(name: string, kernels: Kernels): Promise<Kernel<unknown, unknown>> {
  const load = kernels[name];
  if (!load) throw new Error(`The table of kernels has no ${name}`);
  return load();
}
