import type { ResultManifest } from '../../core/execution/manifest.ts';
import type { FanOut } from '../../core/execution/worker-task.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import { type Division, WorkToDivide } from '../../core/run/context.ts';
import { formatWarningCount } from '../../core/run/run-log.ts';
import { Dismissed } from '../../core/shared/errors.ts';
import { meterEnd } from '../observe/job-metrics.ts';
import { announceProgress } from './announce-progress.ts';
import { divideJob, findDivision } from './divide-job.ts';
import { execute, type Worker, type WorkerPorts } from './execute.ts';
import { findReason, handOver } from './hand-over.ts';
import { progressReporter } from './progress-reporter.ts';
import { storedRequest } from './stored-request.ts';
import {
  changeJob,
  cleanUp,
  countedWarnings,
  type Ending,
  noteFailure,
  type Running,
  readStatus,
  supervise,
} from './supervise.ts';
import { withRetries } from './with-retries.ts';

/** How a job ended, or that it goes on in parts. */
export type JobAnswer = Ending & { readonly fanOut?: readonly FanOut[] };

/**
 * Runs a stored job from accepted to its end, or to where it is divided. What goes wrong with the process is recorded here and
 * is no error of the workflow; the workflow's Catch is for what a worker cannot report.
 */
export async function runJob(
  worker: Worker,
  jobID: string,
  remainingMilliseconds: () => number,
): Promise<JobAnswer> {
  const { ports } = worker;
  const message = worker.large ? 'Running on a larger worker' : 'Running';
  const job = await changeJob(ports, jobID, {
    to: 'running',
    message,
    ...(worker.large && { handedOver: true }),
  });
  if (!job) return { jobID, status: await readStatus(jobID, ports.jobs) };
  const announced = announceProgress(job, ports);
  const work = async (running: Running): Promise<JobAnswer> => {
    // The worker that handed it over may have kept something.
    if (worker.large) running.onStore();
    try {
      const manifest = await executeJob(worker, running);
      await running.writeLog();
      return await succeed(ports, job, manifest, running.log.warnings);
    } catch (error) {
      if (error instanceof WorkToDivide) return await divideJob(worker, running, error);
      const reason = findReason(worker, running, error);
      if (!reason) throw error;
      return await handOver(worker, running, reason);
    }
  };
  try {
    return await supervise(worker, job, remainingMilliseconds, work);
  } finally {
    await announced();
  }
}

/** @param given how the work is divided, where that is known already */
export async function executeJob(
  worker: Worker,
  { job, stopping, log, writeLog, onStore }: Running,
  given?: Division,
): Promise<ResultManifest> {
  const { jobs, storage, clock } = worker.ports;
  const { jobID } = job;
  const request = await storedRequest(jobID, storage);
  const write = async (percent: number, message: string | undefined) => {
    if (message !== undefined) log.progress(percent, message);
    const writing = writeLog();
    const isRunning = await jobs.progress(jobID, percent, message, clock.now().toISOString());
    await writing;
    if (!isRunning) stopping.abort(new Dismissed(jobID));
  };
  const division = given ?? (worker.large ? undefined : findDivision(worker, request));
  return execute(
    worker,
    request,
    { owner: job.owner, baseUrl: job.baseUrl },
    {
      signal: stopping.signal,
      synchronous: false,
      ...(division && { division }),
      log: log.log,
      warn: log.warn,
      progress: progressReporter({
        now: () => clock.now().getTime(),
        signal: stopping.signal,
        write,
        failed: noteFailure('Job:ProgressNotWritten', jobID),
      }),
      store: async (name, bytes, mediaType) => {
        onStore();
        const key = jobKeys.output(jobID, name);
        await storage.put(key, bytes, mediaType);
        return key;
      },
    },
  );
}

/**
 * Results first, then the status: a successful job always has its results. One with a subscriber stays due until it is told,
 * as the workflow that tells it may be lost.
 *
 * @param isLeft whether something is left in the bucket that the sweep is to delete
 */
export async function succeed(
  ports: WorkerPorts,
  { jobID, notifications }: Job,
  manifest: ResultManifest,
  warnings: number,
  isLeft = false,
): Promise<Ending> {
  const put = () => ports.storage.put(jobKeys.results(jobID), JSON.stringify(manifest), 'application/json');
  await withRetries(put, noteFailure('Job:WriteFailed', jobID));
  const message = warnings === 0 ? 'Finished' : `Finished, with ${formatWarningCount(warnings)}`;
  const job = await changeJob(ports, jobID, {
    to: 'successful',
    progress: 100,
    message,
    staysDue: isLeft || notifications !== undefined,
    ...countedWarnings({ warnings }),
  });
  if (!job) return cleanUp(ports, jobID);
  meterEnd(job);
  return { jobID, status: 'successful' };
}
