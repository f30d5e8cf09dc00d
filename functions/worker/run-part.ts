import { deserialize } from 'node:v8';
import type { PartTask } from '../../core/execution/worker-task.ts';
import { jobKeys } from '../../core/jobs/job.ts';
import { logText } from '../../core/jobs/log.ts';
import type { Division } from '../../core/run/context.ts';
import { Dismissed } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { BYTES } from './divide-job.ts';
import { execute, type Worker, type WorkerPorts } from './execute.ts';
import { progressReporter } from './progress-reporter.ts';
import { refuseBeyondQuota } from './refuse-beyond-quota.ts';
import { storedRequest } from './stored-request.ts';
import { cleanUp, type Ending, noteFailure, type Running, runningJob, supervise } from './supervise.ts';
import { withRetries } from './with-retries.ts';

/**
 * Computes a part of a job that was divided, and keeps it until the parts are put together. A part that fails fails the job,
 * with its reason; the others find out and stop.
 */
export async function runPart(
  worker: Worker,
  task: PartTask,
  remainingMilliseconds: () => number,
): Promise<Ending> {
  const { ports } = worker;
  const { jobID } = task;
  const job = await runningJob(jobID, ports.jobs);
  if (!job) return cleanUp(ports, jobID);
  return supervise(worker, job, remainingMilliseconds, async (running): Promise<Ending> => {
    await refuseBeyondQuota(job, ports);
    await compute(worker, task, running);
    // Last: whoever finds it knows that the part is done.
    const text = logText(running.log.entries);
    await withRetries(
      () => ports.storage.put(jobKeys.partLog(jobID, task.part, task.round), text, MediaType.json),
      noteFailure('Job:WriteFailed', jobID),
    );
    return (await tellProgress(worker, task)) ? { jobID, status: 'running' } : cleanUp(ports, jobID);
  });
}

async function compute(
  worker: Worker,
  { jobID, round, part, first, end, halo }: PartTask,
  { job, stopping, log, onStore }: Running,
): Promise<void> {
  const { jobs, storage, clock } = worker.ports;
  onStore();
  // The progress of a part is none of the job; but asking tells whether it still runs.
  const ask = async () => {
    const isRunning = await jobs.progress(jobID, 0, undefined, clock.now().toISOString());
    if (!isRunning) stopping.abort(new Dismissed(jobID));
  };
  await execute(
    worker,
    await storedRequest(jobID, storage),
    { owner: job.owner, baseUrl: job.baseUrl },
    {
      signal: stopping.signal,
      synchronous: false,
      division: { rows: { first, end, halo }, ...(await foundBefore(jobID, round, storage)) },
      log: log.log,
      warn: log.warn,
      progress: progressReporter({
        now: () => clock.now().getTime(),
        signal: stopping.signal,
        write: ask,
        failed: noteFailure('Job:ProgressNotWritten', jobID),
      }),
      store: async (_, bytes) => {
        const key = jobKeys.part(jobID, part, round);
        await storage.put(key, bytes, BYTES);
        return key;
      },
    },
  );
}

/** What the rounds before have found for this one. */
export async function foundBefore(
  jobID: string,
  round: number,
  storage: Pick<WorkerPorts['storage'], 'get'>,
): Promise<Pick<Division, 'found'>> {
  if (round === 0) return {};
  const stored = await storage.get(jobKeys.found(jobID, round));
  if (!stored) throw new Error(`What round ${round} of job ${jobID} is to know is missing`);
  return { found: deserialize(stored.body) };
}

/** Tells how many parts are done; best effort. @returns false when the job no longer runs */
async function tellProgress(
  { ports: { jobs, storage, clock } }: Worker,
  { jobID, round, rounds, count }: PartTask,
): Promise<boolean> {
  try {
    const keys = await storage.list(jobKeys.partsOfRound(jobID, round));
    const done = keys.filter((key) => key.endsWith('.log')).length;
    const percent = Math.min(99, Math.floor((100 * (round * count + done)) / (rounds * count)));
    const before = rounds === 1 ? '' : `Round ${round + 1} of ${rounds}: `;
    const message = `${before}${done} of ${count} parts done`;
    return await jobs.progress(jobID, percent, message, clock.now().toISOString());
  } catch (error) {
    noteFailure('Job:ProgressNotWritten', jobID)(error);
    return true;
  }
}
