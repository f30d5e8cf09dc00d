import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';

/**
 * Deletes what may be in the bucket of a job that has no results: of one that failed its outputs, while request and log
 * tell why; of one that was dismissed or removed everything; of one that succeeded the parts that its result was made of. Nothing
 * of any other.
 */
export async function removeLeftovers(
  jobID: string,
  status: Job['status'] | 'removed',
  storage: Pick<Ports['storage'], 'removeAll'>,
): Promise<void> {
  if (status === 'dismissed' || status === 'removed') return storage.removeAll(jobKeys.prefix(jobID));
  if (status !== 'failed' && status !== 'successful') return;
  await storage.removeAll(jobKeys.parts(jobID));
  if (status === 'successful') return;
  await storage.removeAll(jobKeys.outputs(jobID));
  await storage.removeAll(jobKeys.results(jobID));
}
