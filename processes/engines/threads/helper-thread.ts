import { parentPort } from 'node:worker_threads';
import { Claims } from './claims.ts';
import { failureOf } from './failure.ts';
import type { HelperMessage, WorkMessage } from './messages.ts';
import type { OpenOperation, Surroundings } from './operation.ts';
import { loadOperation } from './operations.ts';

/** Module of a helper: it takes parts of the works that it is told of, one work after the other. */
if (!parentPort) throw new Error('This module runs in a worker thread');
const port = parentPort;
const post = (message: HelperMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

let before = Promise.resolve();
port.on('message', (message: WorkMessage) => {
  before = before.then(() => help(message));
});

async function help(message: WorkMessage): Promise<void> {
  const { id, operation, data, limits, thread, threads } = message;
  const claims = new Claims(message.claims, thread, threads);
  let part = claims.take();
  // Others were faster: there is no need to load anything.
  if (part === undefined) return;
  const surroundings: Surroundings = {
    limits,
    log: (text, details) => post({ id, kind: 'remark', part: part!, message: text, details }),
    // The thread is ended when the work should stop, in the middle of whatever it does.
    isDue: () => false,
    breathe: async () => {},
  };
  let open: OpenOperation<unknown> | undefined;
  for (; part !== undefined; part = claims.take()) {
    try {
      open ??= await (await loadOperation(operation))(data, surroundings);
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
