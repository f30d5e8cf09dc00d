import { WorkToHandOver } from '../../core/execution/worker-task.ts';
import { type FailureReason, problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job, JobChange } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/lifecycle.ts';
import { RunLog } from '../../core/run/run-log.ts';
import { Dismissed } from '../../core/shared/errors.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { removeLeftovers } from '../jobs/remove-leftovers.ts';
import { meterEnd } from '../observe/job-metrics.ts';
import { logger } from '../observe/logger.ts';
import { logForOperator, problemAndLog, type Worker, type WorkerPorts } from './execute.ts';
import { jobLogWriter } from './job-log-writer.ts';
import { withRetries } from './with-retries.ts';

/** Left for recording the end of a job before Lambda stops the worker. */
const MARGIN_MILLISECONDS = 3000;

export interface Ending {
  readonly jobID: string;
  readonly status: JobStatus | 'removed';
}

/** What runs besides the process while a worker works on a job. */
export interface Running {
  readonly job: Job;
  readonly stopping: AbortController;
  readonly log: RunLog;
  /** Writes the log of the job, where there is something new. */
  readonly writeLog: () => Promise<void>;
  /** To be called before something is kept as an object of its own. */
  readonly onStore: () => void;
}

/**
 * Works on a job that runs, within the time that there is. What goes wrong is recorded as the failure of the job, unless it
 * has ended otherwise meanwhile; then, and where something was kept, nothing is left behind.
 */
export async function supervise<Answer extends Ending>(
  { ports, interrupted, onJob }: Pick<Worker, 'ports' | 'interrupted' | 'onJob'>,
  job: Job,
  remainingMilliseconds: () => number,
  work: (running: Running) => Promise<Answer>,
): Promise<Answer | Ending> {
  const { jobID, processID } = job;
  onJob?.(job);
  const stopping = new AbortController();
  const failure = (reason: FailureReason) => ({
    ...problemFromFailure(reason),
    instance: `urn:uuid:${jobID}`,
  });
  const timer = setTimeout(
    () => stopping.abort(failure('timeout')),
    Math.max(0, remainingMilliseconds() - MARGIN_MILLISECONDS),
  );
  const interrupt = () => stopping.abort(failure('aborted'));
  interrupted?.addEventListener('abort', interrupt, { once: true });
  if (interrupted?.aborted) interrupt();
  const log = new RunLog(() => ports.clock.now(), logForOperator({ jobID, processID }));
  const writeLog = jobLogWriter(jobID, log, ports.storage, noteFailure('Job:LogNotWritten', jobID));
  let hasStored = false;
  const onStore = () => {
    hasStored = true;
  };
  try {
    return await work({ job, stopping, log, writeLog, onStore });
  } catch (error) {
    if (error instanceof WorkToHandOver) throw error;
    const isDismissed = error instanceof Dismissed || stopping.signal.reason instanceof Dismissed;
    if (isDismissed) return await cleanUp(ports, jobID);
    await writeLog();
    const exception = stopping.signal.aborted
      ? (stopping.signal.reason as ProblemDocument)
      : problemAndLog(error, jobID);
    const message = exception.detail ?? exception.title;
    const staysDue = hasStored || job.notifications !== undefined;
    const failed = await changeJob(ports, jobID, {
      to: 'failed',
      message,
      exception,
      staysDue,
      ...countedWarnings(log),
    });
    if (failed) meterEnd(failed);
    return failed && !hasStored ? { jobID, status: 'failed' } : await cleanUp(ports, jobID);
  } finally {
    clearTimeout(timer);
    interrupted?.removeEventListener('abort', interrupt);
  }
}

export const countedWarnings = ({ warnings }: { readonly warnings: number }) =>
  warnings === 0 ? {} : { warnings };

/** Changes the status, again where writing fails: nothing but a refused condition means that the job has ended. */
export function changeJob(
  { jobs, clock }: Pick<WorkerPorts, 'jobs' | 'clock'>,
  jobID: string,
  change: Omit<JobChange, 'at'>,
): Promise<Job | undefined> {
  const at = clock.now().toISOString();
  return withRetries(() => jobs.change(jobID, { ...change, at }), noteFailure('Job:WriteFailed', jobID));
}

export const noteFailure = (event: string, jobID: string) => (error: unknown) =>
  logger.warn(event, { jobID, error });

/**
 * A job that ended otherwise while it ran leaves nothing behind; but if another worker, started by a retry, has
 * finished it, the results are that worker's. Where that fails, the sweep does it.
 */
export async function cleanUp(
  { jobs, storage }: Pick<WorkerPorts, 'jobs' | 'storage'>,
  jobID: string,
): Promise<Ending> {
  const status = await readStatus(jobID, jobs);
  try {
    await removeLeftovers(jobID, status, storage);
  } catch (error) {
    noteFailure('Job:LeftToSweep', jobID)(error);
  }
  return { jobID, status };
}

export async function readStatus(jobID: string, jobs: WorkerPorts['jobs']): Promise<Ending['status']> {
  const job = await jobs.get(jobID);
  return job === undefined || job === 'removed' ? 'removed' : job.status;
}

/** The job, where it runs. Where it does not, somebody has ended it: there is nothing to be done but to clean up. */
export async function runningJob(
  jobID: string,
  jobs: Pick<WorkerPorts['jobs'], 'get'>,
): Promise<Job | undefined> {
  const job = await jobs.get(jobID);
  return job !== undefined && job !== 'removed' && job.status === 'running' ? job : undefined;
}
