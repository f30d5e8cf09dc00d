import { classifyRuntimeError, type RuntimeError } from '../../core/jobs/failures.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { logger } from '../observe/logger.ts';

/** What the workflow catches. */
export interface FailJobEvent {
  readonly jobID: string;
  readonly error?: RuntimeError;
}

/**
 * Records that a job failed whose worker crashed, ran out of memory or time, or never started. A job that has
 * ended meanwhile stays as it is. The next state of the workflow tells the subscriber.
 */
export async function failJob(
  { jobID, error = {} }: FailJobEvent,
  ports: Pick<Ports, 'jobs' | 'clock'>,
): Promise<{ readonly jobID: string; readonly failed: boolean }> {
  const job = await failUnfinished(jobID, classifyRuntimeError(error), ports);
  logger.error('Job:Failed', { jobID, failed: job !== undefined, reason: error });
  return { jobID, failed: job !== undefined };
}

export const handler = (event: FailJobEvent) => failJob(event, awsPorts());
