import type { Job } from '../../core/jobs/job.ts';
import { QuotaExceeded } from '../../core/usage/quota-exceeded.ts';
import { computeStanding, countedFrom } from '../../core/usage/standing.ts';
import { logger } from '../observe/logger.ts';
import type { WorkerPorts } from './execute.ts';

/**
 * Stops a job in parts whose owner has used up the GB-seconds of the day: what thousands of parts come to is not known before, and so was
 * not counted when the job was let in.
 *
 * @throws QuotaExceeded
 */
export async function refuseBeyondQuota({ jobID, owner }: Job, ports: WorkerPorts): Promise<void> {
  const { usage, clock, settings } = ports;
  const quota = settings.quotas.gbSecondsPerDay;
  if (quota === undefined) return;
  const now = clock.now();
  try {
    const standing = computeStanding(await usage.since(owner, countedFrom(now)), now);
    if (standing.gbSecondsPerDay < quota) return;
    throw new QuotaExceeded(['gbSecondsPerDay'], settings.quotas, standing, now);
  } catch (error) {
    if (error instanceof QuotaExceeded) throw error;
    // The next part asks again.
    logger.warn('Usage:NotRead', { jobID, error });
  }
}
