import { WorkToHandOver } from '../../core/execution/worker-task.ts';
import { OutOfMemory } from '../../core/jobs/failures.ts';
import { ClassLimitExceeded, Dismissed } from '../../core/shared/errors.ts';
import { jobMembers } from '../observe/job-members.ts';
import { logger } from '../observe/logger.ts';
import type { Worker } from './execute.ts';
import { changeJob, cleanUp, type Ending, type Running } from './supervise.ts';

/** Why a job is handed over; for the log. */
type Reason = 'limit' | 'memory' | 'time';

/** Why more memory, time or higher limits could help; undefined where they could not, or nobody is there who has more. */
export function findReason(
  { large, ports: { settings } }: Pick<Worker, 'large' | 'ports'>,
  { stopping: { signal } }: Pick<Running, 'stopping'>,
  error: unknown,
): Reason | undefined {
  if (large || !settings.large) return undefined;
  if (signal.aborted) return signal.reason instanceof Dismissed ? undefined : 'time';
  if (error instanceof ClassLimitExceeded) return 'limit';
  return error instanceof OutOfMemory ? 'memory' : undefined;
}

/**
 * Leaves a job to the large class, unless it has ended meanwhile. It stays `running`, from 0 per cent on.
 *
 * @throws WorkToHandOver for the workflow
 */
export async function handOver(
  { ports }: Pick<Worker, 'ports'>,
  { job: { jobID }, writeLog }: Pick<Running, 'job' | 'writeLog'>,
  reason: Reason,
): Promise<Ending> {
  await writeLog();
  const message = 'Too large for its worker: waiting for a larger one';
  const job = await changeJob(ports, jobID, {
    to: 'running',
    progress: 0,
    message,
    handedOver: true,
  });
  if (!job) return cleanUp(ports, jobID);
  logger.info('Job:HandedOver', { ...jobMembers(job), reason });
  throw new WorkToHandOver(jobID);
}
