import { type FailureReason, problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { jobMembers } from '../observe/job-members.ts';
import { meterEnd } from '../observe/job-metrics.ts';
import { logger } from '../observe/logger.ts';

/**
 * Fails a job that nobody else can bring to its end, and tells the operator. It stays due for the sweep: its worker may have left objects behind,
 * or still write some, and whoever should tell its subscriber may die.
 *
 * @param said what Lambda, the workflow or an event has said of it
 * @returns the job, or undefined where it has ended meanwhile: then it stays as it is.
 */
export async function failUnfinished(
  jobID: string,
  reason: FailureReason,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
  said: { readonly error?: string | undefined; readonly cause?: string | undefined } = {},
): Promise<Job | undefined> {
  const exception = problemFromFailure(reason);
  const failed = await jobs.change(jobID, {
    to: 'failed',
    at: clock.now().toISOString(),
    message: exception.detail ?? exception.title,
    exception: { ...exception, instance: `urn:uuid:${jobID}` },
    staysDue: true,
  });
  if (!failed) return undefined;
  meterEnd(failed, true);
  logger.error('Job:Failed', { ...jobMembers(failed), reason, ...said });
  return failed;
}
