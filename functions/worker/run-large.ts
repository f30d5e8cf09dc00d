import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { Settings } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { enlargeLimits } from '../../core/processes/large-class.ts';
import { computeGbSeconds } from '../../core/usage/usage-entry.ts';
import { logger } from '../observe/logger.ts';
import type { Worker } from './execute.ts';
import { readStatus } from './supervise.ts';
import { work } from './worker.ts';

/** Milliseconds between the time of the task and the end of its state in the workflow, for starting and for the last writes. */
const MARGIN_MILLISECONDS = 10_000;

/**
 * Runs a job that was handed over, with the limits and the time of the large class.
 *
 * @param worker with the processes as they are declared
 * @returns the code with which this process is to end: 0 where the record of the job says how it ended
 */
export async function runLarge(worker: Omit<Worker, 'large'>, jobID: string): Promise<number> {
  const { jobs, settings, clock } = worker.ports;
  const { large } = settings;
  if (!large) throw new Error('There is no large class in this deployment');
  const job = await jobs.get(jobID);
  const usedBefore =
    typeof job === 'object' ? countUsedBefore(job, worker.processes, settings, clock.now()) : 0;
  const processes = worker.processes.map((process) => ({
    ...process,
    limits: enlargeLimits(process, large),
  }));
  const end = performance.now() + large.timeout * 1000 - MARGIN_MILLISECONDS;
  try {
    await work({ ...worker, processes, large: { usedBefore } }, { kind: 'job', jobID }, () =>
      Math.max(0, end - performance.now()),
    );
  } catch (error) {
    logger.error('Worker:Error', { jobID, error });
  }
  return (await hasEnded(jobID, jobs)) ? 0 : 1;
}

/** What the worker has used that handed the job over: at most all of its time. */
function countUsedBefore(
  { processID, started }: Job,
  processes: readonly ProcessDeclaration[],
  { workers }: Settings,
  now: Date,
): number {
  const process = processes.find(({ id }) => id === processID);
  if (!process || started === undefined) return 0;
  const { memory, timeout } = workers[process.computeClass];
  return computeGbSeconds(memory, Math.min(timeout, (now.getTime() - Date.parse(started)) / 1000));
}

/** Whether a job has ended; a task that cannot find out has failed. */
async function hasEnded(jobID: string, jobs: Worker['ports']['jobs']): Promise<boolean> {
  const status = await readStatus(jobID, jobs);
  return status === 'removed' || isFinal(status);
}
