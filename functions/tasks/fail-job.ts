import { classifyRuntimeError, type RuntimeError } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { jobMembers } from '../observe/job-members.ts';
import { logger } from '../observe/logger.ts';
import { observeStep } from '../observe/observe-step.ts';

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
  const { Error: name, Cause: cause } = error;
  const unfinished = mayGoOn ? await readUnfinished(jobID, ports.jobs) : undefined;
  if (unfinished) {
    logger.warn('Job:HandedOver', { ...jobMembers(unfinished), reason: 'crash', error: name, cause });
    return { jobID, failed: false, goesOn: true };
  }
  const job = await failUnfinished(jobID, classifyRuntimeError(error), ports, { error: name, cause });
  return { jobID, failed: job !== undefined, goesOn: false };
}

async function readUnfinished(jobID: string, jobs: Pick<Ports['jobs'], 'get'>): Promise<Job | undefined> {
  const job = await jobs.get(jobID);
  return job === undefined || job === 'removed' || isFinal(job.status) ? undefined : job;
}

/** @param ports made in the invocation, as their clients are */
export const failJobStep = (ports: () => Pick<Ports, 'jobs' | 'clock'>) =>
  observeStep('FailJob', async (event: FailJobEvent, note) => {
    note({ jobID: event.jobID });
    const answer = await failJob(event, ports());
    note(answer);
    return answer;
  });

export const handler = failJobStep(awsPorts);
