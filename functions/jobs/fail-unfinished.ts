import { type FailureReason, problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { meterEnd } from '../observe/job-metrics.ts';

/**
 * Fails a job that nobody else can bring to its end. It stays due for the sweep: its worker may have left objects behind,
 * or still write some, and whoever should tell its subscriber may die.
 *
 * @returns the job, or undefined where it has ended meanwhile: then it stays as it is.
 */
export async function failUnfinished(
  jobID: string,
  reason: FailureReason,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<Job | undefined> {
  const exception = problemFromFailure(reason);
  const failed = await jobs.change(jobID, {
    to: 'failed',
    at: clock.now().toISOString(),
    message: exception.detail ?? exception.title,
    exception: { ...exception, instance: `urn:uuid:${jobID}` },
    staysDue: true,
  });
  if (failed) meterEnd(failed, true);
  return failed;
}
