import type { Job, JobFilter } from './job.ts';
import type { JobStatus } from './lifecycle.ts';
import { isWithin, positionRange } from './position.ts';

/** Statuses that have a duration (/req/job-list/duration-response): considered where the client names none. */
const withDuration: readonly JobStatus[] = ['running', 'successful', 'failed', 'dismissed'];

/** Statuses that can pass the filter; undefined: all. */
export function statusesFromFilter({
  statuses,
  minDuration,
  maxDuration,
}: JobFilter): readonly JobStatus[] | undefined {
  if (minDuration === undefined && maxDuration === undefined) return statuses;
  return statuses ? statuses.filter((status) => withDuration.includes(status)) : withDuration;
}

/** Whether a job passes the filter now. */
export function passes(job: Job, filter: JobFilter, now: Date): boolean {
  const { processIDs } = filter;
  const statuses = statusesFromFilter(filter);
  return (
    (processIDs === undefined || processIDs.includes(job.processID)) &&
    (statuses === undefined || statuses.includes(job.status)) &&
    isWithin(job, positionRange(filter, undefined)) &&
    lastsAsLongAs(job, filter, now)
  );
}

function lastsAsLongAs(job: Job, { minDuration, maxDuration }: JobFilter, now: Date): boolean {
  if (minDuration === undefined && maxDuration === undefined) return true;
  const seconds = computeDuration(job, now);
  return seconds !== undefined && seconds >= (minDuration ?? 0) && seconds <= (maxDuration ?? Infinity);
}

/** Seconds that a job has run or ran; undefined for one that never started. */
function computeDuration({ started, finished }: Job, now: Date): number | undefined {
  if (started === undefined) return undefined;
  const end = finished === undefined ? now.getTime() : Date.parse(finished);
  return (end - Date.parse(started)) / 1000;
}
