import type { SyncAnswer, SyncTask } from '../../core/execution/worker-task.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { logText } from '../../core/jobs/log.ts';
import type { Storage } from '../../core/ports.ts';
import { RunLog } from '../../core/run/run-log.ts';
import { SyncTimeout } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { execute, logForOperator, problemAndLog, type Worker } from './execute.ts';

/** Runs a process whose client waits. What is large, and the warnings, are kept below a prefix of their own for a day. */
export async function runSync(
  worker: Worker,
  { executionID, request, inputsKey, seconds, client }: SyncTask,
): Promise<SyncAnswer> {
  const { storage, clock } = worker.ports;
  const tooLong = new SyncTimeout(seconds);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLong), seconds * 1000);
  const { processID } = request;
  const log = new RunLog(() => clock.now(), logForOperator({ executionID, processID }));
  const keepWarnings = async (): Promise<Pick<SyncAnswer, 'warnings'>> => {
    if (log.warnings === 0) return {};
    const key = `sync/${executionID}/log.json`;
    await storage.put(key, logText(log.entries), MediaType.json);
    return { warnings: { count: log.warnings, key } };
  };
  try {
    const whole = inputsKey ? { ...request, inputs: await inputsAt(inputsKey, storage) } : request;
    const manifest = await execute(worker, whole, client, {
      signal: deadline.signal,
      synchronous: true,
      progress: async () => {
        await new Promise(setImmediate);
        deadline.signal.throwIfAborted();
      },
      store: async (name, bytes, mediaType) => {
        const key = `sync/${executionID}/outputs/${name}`;
        await storage.put(key, bytes, mediaType);
        return key;
      },
      log: log.log,
      warn: log.warn,
    });
    return { manifest, ...(await keepWarnings()) };
  } catch (error) {
    const problem = problemAndLog(deadline.signal.aborted ? tooLong : error, executionID);
    return { problem, ...(await keepWarnings().catch(() => ({}))) };
  } finally {
    clearTimeout(timer);
  }
}

async function inputsAt(key: string, storage: Pick<Storage, 'get'>): Promise<ExecuteRequest['inputs']> {
  const stored = await storage.get(key);
  if (!stored) throw new Error(`The inputs ${key} are missing`);
  return parseExact(new TextDecoder().decode(stored.body)) as ExecuteRequest['inputs'];
}
