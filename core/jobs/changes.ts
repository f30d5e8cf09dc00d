import type { ProblemDocument } from '../api/problems.ts';
import type { Job, JobChange } from './job.ts';
import { isFinal, mayFollow } from './lifecycle.ts';

/** Faults that a stored exception lists at most: a job must stay small enough to be stored with its end. */
const FAULTS_KEPT = 100;
/** Characters of a message or detail that are kept. */
const TEXT_KEPT = 4000;

/** Members of a job that a change sets; `started` only where the job has not started before. */
export type JobRecord = Partial<
  Pick<Job, 'status' | 'updated' | 'message' | 'progress' | 'exception' | 'started' | 'finished'>
>;

/** What a change of status records in a job (/req/core/job-success: times and progress). */
export function recordOf({ to, at, message, progress, exception }: JobChange): JobRecord {
  return {
    status: to,
    updated: at,
    ...(to === 'running' ? { started: at } : {}),
    ...(isFinal(to) ? { finished: at } : {}),
    ...(message === undefined ? {} : { message: shortened(message) }),
    ...(progress === undefined ? {} : { progress }),
    ...(exception === undefined ? {} : { exception: storable(exception) }),
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
  const record = recordOf(change);
  const started = job.started ?? record.started;
  return { ...job, ...record, ...(started === undefined ? {} : { started }) };
}

/** The exception without what would not fit: a request of a thousand faults must not keep a job from failing. */
export function storable(exception: ProblemDocument): ProblemDocument {
  const { detail, errors } = exception;
  return {
    ...exception,
    ...(detail === undefined ? {} : { detail: shortened(detail) }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.slice(0, FAULTS_KEPT).map(({ pointer, detail }) => ({
            pointer: shortened(pointer),
            detail: shortened(detail, 500),
          })),
        }),
  };
}

export const shortened = (text: string, length = TEXT_KEPT): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
