import { isRefusal, perform } from '../../core/execution/perform.ts';
import type { Client } from '../../core/execution/worker-task.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration, Runs } from '../../core/processes/declaration.ts';
import type { LogEntry } from '../../core/run/run-log.ts';
import { Dismissed, NoSuchProcess } from '../../core/shared/errors.ts';
import { problemFromError } from '../../core/shared/problems.ts';
import { logger } from '../observe/logger.ts';
import { crsInputs } from './crs-inputs.ts';
import { openInput } from './open-input.ts';
import type { ProcessThread } from './threads/process-thread.ts';

export type WorkerPorts = Pick<
  Ports,
  'jobs' | 'storage' | 'egress' | 'usage' | 'clock' | 'settings' | 'secrets'
>;

/** What there is to know about a job that was handed over. */
export interface LargeTask {
  /** GB-seconds that the job had used before. */
  readonly usedBefore: number;
}

export interface Worker {
  readonly processes: readonly ProcessDeclaration[];
  readonly runs: Runs;
  readonly ports: WorkerPorts;
  /** Where processes run off this thread; absent for those that are never long. */
  readonly thread?: ProcessThread;
  /** Where it is a task of the large class, which neither divides nor hands over what others have handed over to it. */
  readonly large?: LargeTask;
  /** Is told which job a task is about, once it is read. */
  readonly onJob?: (job: Job) => void;
  /** Aborted when the machine that it runs on is taken away. */
  readonly interrupted?: AbortSignal;
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
  const named = crsInputs(process, request);
  if (named.length > 0) {
    // Only then: the registers take a while to load.
    const { warnOfGuesses } = await import('./warn-of-guesses.ts');
    warnOfGuesses(named, executionPorts.warn);
  }
  const run = thread ? thread.makeRun(process) : (await load()).run;
  return perform(process, run, request, {
    ...executionPorts,
    open: (reference, limits) => {
      const { signal, synchronous, warn } = executionPorts;
      return openInput(
        reference,
        { processID: process.id, limits, signal, synchronous, warn },
        client,
        ports,
      );
    },
  });
}

/** The document for the client; what is not the client's fault goes to the log, with its causes. */
export function problemAndLog(error: unknown, id: string) {
  const isOurs = isRefusal(error) ? error.status >= 500 : !(error instanceof Dismissed);
  if (isOurs) logger.error('Process:Error', { jobID: id, error });
  return problemFromError(error, `urn:uuid:${id}`);
}

/** Repeats the lines of a run in the log of the operator. @param run its ids */
export const logForOperator =
  (run: Readonly<Record<string, unknown>>) =>
  ({ level, message, details }: LogEntry): void =>
    logger.info('Process:Log', { ...run, severity: level, text: message, details });
