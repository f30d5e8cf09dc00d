import type { ResultManifest } from '../../core/execution/manifest.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { failureOf } from '../../core/jobs/failures.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/lifecycle.ts';
import { Dismissed } from '../../core/shared/errors.ts';
import { announceProgress } from './announce-progress.ts';
import { progressReporter } from './progress-reporter.ts';
import { execute, logLine, problemAndLog, type Worker, type WorkerPorts } from './worker.ts';

/** Left for recording the end of a job before Lambda stops the worker. */
const MARGIN_MILLISECONDS = 3000;

/**
 * Runs a stored job from accepted to its end. What goes wrong with the process is recorded here and is no error
 * of the workflow; the workflow's Catch is for what a worker cannot report.
 */
export async function runJob(
  worker: Worker,
  jobID: string,
  remainingMilliseconds: () => number,
): Promise<{ readonly jobID: string; readonly status: JobStatus | 'removed' }> {
  const { jobs, clock } = worker.ports;
  const job = await jobs.change(jobID, { to: 'running', at: clock.now().toISOString(), message: 'Running' });
  if (!job) return { jobID, status: await statusOf(jobID, jobs) };
  const announced = announceProgress(job, worker.ports);

  const stopping = new AbortController();
  const outOfTime = { ...failureOf('timeout'), instance: `urn:uuid:${jobID}` };
  const timer = setTimeout(
    () => stopping.abort(outOfTime),
    Math.max(0, remainingMilliseconds() - MARGIN_MILLISECONDS),
  );
  try {
    const manifest = await executeJob(worker, job, stopping);
    return await succeed(worker.ports, jobID, manifest);
  } catch (error) {
    if (error instanceof Dismissed || stopping.signal.reason instanceof Dismissed) {
      return await cleanUp(worker.ports, jobID);
    }
    const exception = stopping.signal.aborted ? outOfTime : problemAndLog(error, jobID);
    const failed = await jobs.change(jobID, {
      to: 'failed',
      at: clock.now().toISOString(),
      message: exception.detail ?? exception.title,
      exception,
    });
    return failed ? { jobID, status: 'failed' } : await cleanUp(worker.ports, jobID);
  } finally {
    clearTimeout(timer);
    await announced();
  }
}

async function executeJob(worker: Worker, job: Job, stopping: AbortController): Promise<ResultManifest> {
  const { jobs, storage, clock } = worker.ports;
  const { jobID } = job;
  const stored = await storage.get(jobKeys.request(jobID));
  if (!stored) throw new Error(`The execute request of job ${jobID} is missing`);
  const request = JSON.parse(new TextDecoder().decode(stored.body)) as ExecuteRequest;
  return execute(
    worker,
    request,
    { owner: job.owner, baseUrl: job.baseUrl },
    {
      signal: stopping.signal,
      synchronous: false,
      log: logLine({ jobID, processID: job.processID }),
      progress: progressReporter({
        now: () => clock.now().getTime(),
        signal: stopping.signal,
        write: async (percent, message) => {
          if (await jobs.progress(jobID, percent, message, clock.now().toISOString())) return;
          stopping.abort(new Dismissed(jobID));
        },
      }),
      store: async (name, bytes, mediaType) => {
        const key = jobKeys.output(jobID, name);
        await storage.put(key, bytes, mediaType);
        return key;
      },
    },
  );
}

/** Results first, then the status: a successful job always has its results. */
async function succeed({ jobs, storage, clock }: WorkerPorts, jobID: string, manifest: ResultManifest) {
  await storage.put(jobKeys.results(jobID), JSON.stringify(manifest), 'application/json');
  const at = clock.now().toISOString();
  const job = await jobs.change(jobID, { to: 'successful', at, progress: 100, message: 'Finished' });
  return job ? ({ jobID, status: 'successful' } as const) : cleanUp({ jobs, storage }, jobID);
}

/**
 * A job that ended otherwise while it ran leaves nothing behind; but if another worker, started by a retry, has
 * finished it, the results are that worker's.
 */
async function cleanUp({ jobs, storage }: Pick<WorkerPorts, 'jobs' | 'storage'>, jobID: string) {
  const status = await statusOf(jobID, jobs);
  if (status !== 'successful') await storage.removeAll(jobKeys.prefix(jobID));
  return { jobID, status };
}

async function statusOf(jobID: string, jobs: WorkerPorts['jobs']): Promise<JobStatus | 'removed'> {
  const job = await jobs.get(jobID);
  return job === undefined || job === 'removed' ? 'removed' : job.status;
}
