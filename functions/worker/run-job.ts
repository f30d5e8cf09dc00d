import type { ResultManifest } from '../../core/execution/manifest.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { problemFromFailure } from '../../core/jobs/failures.ts';
import { type Job, type JobChange, jobKeys } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/lifecycle.ts';
import { formatWarningCount, RunLog } from '../../core/run/run-log.ts';
import { Dismissed } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { removeLeftovers } from '../jobs/remove-leftovers.ts';
import { meterEnd } from '../observe/job-metrics.ts';
import { logger } from '../observe/logger.ts';
import { announceProgress } from './announce-progress.ts';
import { execute, logForOperator, problemAndLog, type Worker, type WorkerPorts } from './execute.ts';
import { jobLogWriter } from './job-log.ts';
import { progressReporter } from './progress-reporter.ts';
import { withRetries } from './with-retries.ts';

/** Left for recording the end of a job before Lambda stops the worker. */
const MARGIN_MILLISECONDS = 3000;

interface Ending {
  readonly jobID: string;
  readonly status: JobStatus | 'removed';
}

/** What runs besides the process while a job runs. */
interface Running {
  readonly job: Job;
  readonly stopping: AbortController;
  readonly log: RunLog;
  /** Writes the log, where there is something new. */
  readonly writeLog: () => Promise<void>;
  /** Called before an output is kept as an object of its own. */
  readonly onStore: () => void;
}

/**
 * Runs a stored job from accepted to its end. What goes wrong with the process is recorded here and is no error
 * of the workflow; the workflow's Catch is for what a worker cannot report.
 */
export async function runJob(
  worker: Worker,
  jobID: string,
  remainingMilliseconds: () => number,
): Promise<Ending> {
  const { ports } = worker;
  const job = await change(ports, jobID, { to: 'running', message: 'Running' });
  if (!job) return { jobID, status: await readStatus(jobID, ports.jobs) };
  const announced = announceProgress(job, ports);
  const stopping = new AbortController();
  const outOfTime = { ...problemFromFailure('timeout'), instance: `urn:uuid:${jobID}` };
  const timer = setTimeout(
    () => stopping.abort(outOfTime),
    Math.max(0, remainingMilliseconds() - MARGIN_MILLISECONDS),
  );
  const log = new RunLog(() => ports.clock.now(), logForOperator({ jobID, processID: job.processID }));
  const writeLog = jobLogWriter(jobID, log, ports.storage, noteFailure('Job:LogNotWritten', jobID));
  let hasStored = false;
  const onStore = () => {
    hasStored = true;
  };
  try {
    const manifest = await executeJob(worker, { job, stopping, log, writeLog, onStore });
    await writeLog();
    return await succeed(ports, job, manifest, log.warnings);
  } catch (error) {
    const isDismissed = error instanceof Dismissed || stopping.signal.reason instanceof Dismissed;
    await writeLog();
    if (isDismissed) return await cleanUp(ports, jobID);
    const exception = stopping.signal.aborted ? outOfTime : problemAndLog(error, jobID);
    const message = exception.detail ?? exception.title;
    const staysDue = hasStored || job.notifications !== undefined;
    const failed = await change(ports, jobID, {
      to: 'failed',
      message,
      exception,
      staysDue,
      ...counted(log),
    });
    if (failed) meterEnd(failed);
    return failed && !hasStored ? { jobID, status: 'failed' } : await cleanUp(ports, jobID);
  } finally {
    clearTimeout(timer);
    await announced();
  }
}

async function executeJob(
  worker: Worker,
  { job, stopping, log, writeLog, onStore }: Running,
): Promise<ResultManifest> {
  const { jobs, storage, clock } = worker.ports;
  const { jobID } = job;
  const stored = await storage.get(jobKeys.request(jobID));
  if (!stored) throw new Error(`The execute request of job ${jobID} is missing`);
  const request = parseExact(new TextDecoder().decode(stored.body)) as ExecuteRequest;
  const write = async (percent: number, message: string | undefined) => {
    if (message !== undefined) log.progress(percent, message);
    const writing = writeLog();
    const isRunning = await jobs.progress(jobID, percent, message, clock.now().toISOString());
    await writing;
    if (!isRunning) stopping.abort(new Dismissed(jobID));
  };
  return execute(
    worker,
    request,
    { owner: job.owner, baseUrl: job.baseUrl },
    {
      signal: stopping.signal,
      synchronous: false,
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
 */
async function succeed(
  ports: WorkerPorts,
  { jobID, notifications }: Job,
  manifest: ResultManifest,
  warnings: number,
): Promise<Ending> {
  const put = () => ports.storage.put(jobKeys.results(jobID), JSON.stringify(manifest), 'application/json');
  await withRetries(put, noteFailure('Job:WriteFailed', jobID));
  const message = warnings === 0 ? 'Finished' : `Finished, with ${formatWarningCount(warnings)}`;
  const job = await change(ports, jobID, {
    to: 'successful',
    progress: 100,
    message,
    staysDue: notifications !== undefined,
    ...counted({ warnings }),
  });
  if (!job) return cleanUp(ports, jobID);
  meterEnd(job);
  return { jobID, status: 'successful' };
}

const counted = ({ warnings }: { readonly warnings: number }) => (warnings === 0 ? {} : { warnings });

/** Changes the status, again where writing fails: nothing but a refused condition means that the job has ended. */
function change(
  { jobs, clock }: WorkerPorts,
  jobID: string,
  change: Omit<JobChange, 'at'>,
): Promise<Job | undefined> {
  const at = clock.now().toISOString();
  return withRetries(() => jobs.change(jobID, { ...change, at }), noteFailure('Job:WriteFailed', jobID));
}

const noteFailure = (event: string, jobID: string) => (error: unknown) =>
  logger.warn(event, { jobID, error });

/**
 * A job that ended otherwise while it ran leaves nothing behind; but if another worker, started by a retry, has
 * finished it, the results are that worker's. Where that fails, the sweep does it.
 */
async function cleanUp(
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

async function readStatus(jobID: string, jobs: WorkerPorts['jobs']): Promise<JobStatus | 'removed'> {
  const job = await jobs.get(jobID);
  return job === undefined || job === 'removed' ? 'removed' : job.status;
}
