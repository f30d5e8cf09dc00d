import { bounded, shortened } from '../shared/problems.ts';
import type { Job, JobChange } from './job.ts';
import { isFinal, mayFollow } from './lifecycle.ts';

/** Members of a job that a change sets; `started` only where the job has not started before. */
export type JobRecord = Partial<
  Pick<Job, 'status' | 'updated' | 'message' | 'progress' | 'warnings' | 'exception' | 'started' | 'finished'>
>;

/** What a change of status records in a job (/req/core/job-success: times and progress). */
export function recordFromChange({
  to,
  at,
  message,
  progress,
  warnings,
  exception,
  handedOver,
}: JobChange): JobRecord {
  return {
    status: to,
    updated: at,
    ...(to === 'running' ? { started: at } : {}),
    ...(isFinal(to) ? { finished: at } : {}),
    ...(message === undefined ? {} : { message: shortened(message) }),
    ...(progress === undefined ? {} : { progress }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(exception === undefined ? {} : { exception: bounded(exception) }),
    ...(handedOver ? { handedOver } : {}),
  };
}

/**
 * True when the job is as it is because of this very change: a write whose answer was lost is sent again, and the
 * one who sent it must not think that somebody else ended the job.
 */
export const isRepetition = (job: Pick<Job, 'status' | 'updated'>, { to, at }: JobChange): boolean =>
  job.status === to && job.updated === at;

/** The job after the change, or undefined where the lifecycle does not allow it. */
export function changed(job: Job, change: JobChange): Job | undefined {
  if (isRepetition(job, change)) return job;
  if (!mayFollow(job.status, change.to)) return undefined;
  const record = recordFromChange(change);
  const started = job.started ?? record.started;
  // Every change ends the waiting.
  const { waiting: _, ...rest } = job;
  return { ...rest, ...record, ...(started === undefined ? {} : { started }) };
}
