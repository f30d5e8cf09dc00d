import { type FailureReason, problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { meterEnd } from '../observe/job-metrics.ts';

/**
 * Fails a job that nobody else can bring to its end.
 *
 * @param leavesUntold true where the caller does not tell the subscriber: the sweep does it then.
 * @returns the job, or undefined where it has ended meanwhile: then it stays as it is.
 */
export async function failUnfinished(
  jobID: string,
  reason: FailureReason,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
  leavesUntold = false,
): Promise<Job | undefined> {
  const exception = problemFromFailure(reason);
  const failed = await jobs.change(jobID, {
    to: 'failed',
    at: clock.now().toISOString(),
    message: exception.detail ?? exception.title,
    exception: { ...exception, instance: `urn:uuid:${jobID}` },
    leavesUntold,
  });
  if (failed) meterEnd(failed, true);
  return failed;
}
