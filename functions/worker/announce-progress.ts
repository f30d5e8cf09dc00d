import type { Job } from '../../core/jobs/job.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import { logger } from '../observe/logger.ts';
import { deliverCallback } from '../tasks/deliver-callback.ts';

/** Milliseconds that a subscriber has to answer when the job has ended already. */
const GRACE_MILLISECONDS = 500;

/**
 * Begins to tell the subscriber that the job runs, beside the work: a subscriber that does not listen never holds up a
 * job. @returns what is to be called when the job has ended; it waits for an answer that is near, and no longer
 */
export function announceProgress(
  job: Job,
  ports: Pick<Ports, 'jobs' | 'egress' | 'clock' | 'secrets'>,
): () => Promise<void> {
  const ended = new AbortController();
  const told = announce(job, ports, ended.signal);
  return async () => {
    const timer = setTimeout(
      () => ended.abort(new Error('The job had ended before the subscriber answered.')),
      GRACE_MILLISECONDS,
    );
    await told;
    clearTimeout(timer);
  };
}

async function announce(
  job: Job,
  ports: Pick<Ports, 'jobs' | 'egress' | 'clock' | 'secrets'>,
  signal: AbortSignal,
): Promise<void> {
  const uri = job.request.subscriber?.inProgressUri;
  if (!uri) return;
  try {
    await deliverCallback(job, 'inProgressUri', statusInfo(job, job.baseUrl), ports, signal);
  } catch (error) {
    logger.warn('Callback:Error', { jobID: job.jobID, uri, error });
  }
}
