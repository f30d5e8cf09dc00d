import { isRefusal, perform } from '../../core/execution/perform.ts';
import type { Client, SyncAnswer, SyncTask, WorkerTask } from '../../core/execution/worker-task.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration, Runs } from '../../core/processes/declaration.ts';
import { Dismissed, NoSuchProcess, SyncTimeout } from '../../core/shared/errors.ts';
import { problemOf } from '../../core/shared/problems.ts';
import { openInput } from './open-input.ts';
import { runJob } from './run-job.ts';
import type { ProcessThread } from './threads/process-thread.ts';

export type WorkerPorts = Pick<Ports, 'jobs' | 'storage' | 'egress' | 'clock' | 'settings'>;

export interface Worker {
  readonly processes: readonly ProcessDeclaration[];
  readonly runs: Runs;
  readonly ports: WorkerPorts;
  /** Where processes run off this thread; absent for those that are never long. */
  readonly thread?: ProcessThread;
}

/** Runs a task. Answers synchronous ones; of a job it answers the final status, for the log of the workflow. */
export function work(
  worker: Worker,
  task: WorkerTask,
  remainingMilliseconds: () => number,
): Promise<unknown> {
  if (task.kind === 'sync') return runSync(worker, task);
  return runJob(worker, task.jobID, remainingMilliseconds);
}

/** Executes a request of a process; both kinds of task end here. */
export async function execute(
  { processes, runs, ports, thread }: Worker,
  request: ExecuteRequest,
  client: Client,
  executionPorts: Omit<Parameters<typeof perform>[3], 'open'>,
) {
  const process = processes.find(({ id }) => id === request.processID);
  const load = runs[request.processID];
  if (!process || !load) throw new NoSuchProcess(request.processID);
  const run = thread ? thread.runOf(process) : (await load()).run;
  return perform(process, run, request, {
    ...executionPorts,
    open: (reference, limits) => {
      const { signal, synchronous } = executionPorts;
      return openInput(reference, { processID: process.id, limits, signal, synchronous }, client, ports);
    },
  });
}

async function runSync(
  worker: Worker,
  { executionID, request, seconds, client }: SyncTask,
): Promise<SyncAnswer> {
  const tooLong = new SyncTimeout(seconds);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLong), seconds * 1000);
  try {
    const manifest = await execute(worker, request, client, {
      signal: deadline.signal,
      synchronous: true,
      progress: async () => {
        await new Promise(setImmediate);
        deadline.signal.throwIfAborted();
      },
      store: async (name, bytes, mediaType) => {
        const key = `sync/${executionID}/${name}`;
        await worker.ports.storage.put(key, bytes, mediaType);
        return key;
      },
      log: logLine({ executionID, processID: request.processID }),
    });
    return { manifest };
  } catch (error) {
    return { problem: problemAndLog(deadline.signal.aborted ? tooLong : error, executionID) };
  } finally {
    clearTimeout(timer);
  }
}

/** The document for the client; the cause of what is not the client's business goes to the log. */
export function problemAndLog(error: unknown, id: string) {
  if (!isRefusal(error) && !(error instanceof Dismissed)) {
    console.error(
      JSON.stringify({ event: 'Process:Error', id, error: String(error), stack: (error as Error)?.stack }),
    );
  }
  return problemOf(error, `urn:uuid:${id}`);
}

export const logLine =
  (context: Readonly<Record<string, unknown>>) =>
  (message: string, details?: Readonly<Record<string, unknown>>) =>
    console.log(JSON.stringify({ event: 'Process:Log', ...context, message, ...details }));
