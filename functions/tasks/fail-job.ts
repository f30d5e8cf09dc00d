import { failureOf, type RuntimeError, reasonOf } from '../../core/jobs/failures.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';

/** What the workflow catches. */
export interface FailJobEvent {
  readonly jobID: string;
  readonly error?: RuntimeError;
}

/**
 * Records that a job failed whose worker crashed, ran out of memory or time, or never started. A job that has
 * ended meanwhile stays as it is.
 */
export async function failJob(
  { jobID, error = {} }: FailJobEvent,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<{ readonly jobID: string; readonly failed: boolean }> {
  const exception = failureOf(reasonOf(error));
  const job = await jobs.change(jobID, {
    to: 'failed',
    at: clock.now().toISOString(),
    message: exception.detail ?? exception.title,
    exception: { ...exception, instance: `urn:uuid:${jobID}` },
  });
  console.error(JSON.stringify({ event: 'Job:Failed', jobID, failed: job !== undefined, error }));
  return { jobID, failed: job !== undefined };
}

export const handler = (event: FailJobEvent) => failJob(event, awsPorts());
