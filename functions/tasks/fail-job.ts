import { classifyRuntimeError, type RuntimeError } from '../../core/jobs/failures.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { logger } from '../observe/logger.ts';

/** What the workflow catches. */
export interface FailJobEvent {
  readonly jobID: string;
  readonly error?: RuntimeError;
  /** Whether one that has not ended goes on in the large class instead. */
  readonly mayGoOn?: boolean;
}

/**
 * Records that a job failed whose worker crashed, ran out of memory or time, or never started. A job that has
 * ended meanwhile stays as it is. The next state of the workflow tells the subscriber.
 *
 * Where there is a large class, a job whose worker crashed goes on there; but not one that has ended: a worker ends its own
 * process where a process of a job that was dismissed, or is out of time, does not stop.
 */
export async function failJob(
  { jobID, error = {}, mayGoOn = false }: FailJobEvent,
  ports: Pick<Ports, 'jobs' | 'clock'>,
): Promise<{ readonly jobID: string; readonly failed: boolean; readonly goesOn: boolean }> {
  if (mayGoOn && (await isUnfinished(jobID, ports.jobs))) {
    logger.warn('Job:HandedOver', { jobID, reason: error });
    return { jobID, failed: false, goesOn: true };
  }
  const job = await failUnfinished(jobID, classifyRuntimeError(error), ports);
  logger.error('Job:Failed', { jobID, failed: job !== undefined, reason: error });
  return { jobID, failed: job !== undefined, goesOn: false };
}

async function isUnfinished(jobID: string, jobs: Pick<Ports['jobs'], 'get'>): Promise<boolean> {
  const job = await jobs.get(jobID);
  return job !== undefined && job !== 'removed' && !isFinal(job.status);
}

export const handler = (event: FailJobEvent) => failJob(event, awsPorts());
