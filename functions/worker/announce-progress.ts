import type { Job } from '../../core/jobs/job.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import { deliver } from '../tasks/deliver.ts';

/** Tells the subscriber that the job runs. A subscriber that does not listen never holds up a job. */
export async function announceProgress(
  job: Job,
  ports: Pick<Ports, 'jobs' | 'egress' | 'clock' | 'settings'>,
): Promise<void> {
  const uri = job.request.subscriber?.inProgressUri;
  if (!uri) return;
  try {
    await deliver(job, 'inProgressUri', statusInfo(job, job.baseUrl), ports);
  } catch (error) {
    console.warn(JSON.stringify({ event: 'Callback:Error', jobID: job.jobID, uri, error: String(error) }));
  }
}
