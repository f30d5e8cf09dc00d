import type { ComputeClass } from '../processes/declaration.ts';
import type { Job, WaitingJob } from './job.ts';

/*
 * Where all workers of a class are busy, or an owner has as many jobs running as it may, jobs wait in the line of their class. Each of them
 * brings a ticket into the queue of the line; when a ticket comes up, the job of its owner that has waited longest has its turn.
 * The queue is fair between owners, and a ticket that is lost, late or comes twice changes nobody's place.
 */

/** What stands in the queue of a line for a job. */
export interface Ticket {
  readonly computeClass: ComputeClass;
  readonly owner: string;
  /** The job that brought it, which is not always the one that it lets in. */
  readonly jobID: string;
}

/** Message of a job that waits for its turn, where nobody looks for its place. */
export const WAITING = 'Waiting for its turn';

/** Jobs of a line that are read to tell a job its place. */
export const PLACE_LIMIT = 1000;

/**
 * Seconds that a ticket waits whose owner has as many jobs running as it may: all of its tickets together come up twice a second, up to ten
 * times where many run and so end.
 */
export function secondsToNextTry(waiting: number, runningJobs: number): number {
  const tries = Math.min(10, Math.max(2, runningJobs / 10));
  return Math.min(300, Math.max(5, Math.ceil(waiting / tries)));
}

/**
 * How many jobs have their turn before a job: those of its owner that are older, and of each other owner as many as take
 * turns with them. The queue is fair, so that this is about right, not exactly.
 *
 * @param line as much of the line as was read
 */
export function countBefore(line: readonly WaitingJob[], { jobID, created }: Pick<Job, 'jobID' | 'created'>) {
  const group = line.find((other) => other.jobID === jobID)?.group;
  const before = new Map<string, number>();
  for (const other of line) {
    if (other.group === group && !isBefore(other, { jobID, created })) continue;
    before.set(other.group, (before.get(other.group) ?? 0) + 1);
  }
  const own = (group !== undefined && before.get(group)) || 0;
  let count = own;
  for (const [other, jobs] of before) if (other !== group) count += Math.min(jobs, own + 1);
  return count;
}

const isBefore = (
  one: Pick<WaitingJob, 'jobID' | 'created'>,
  other: Pick<WaitingJob, 'jobID' | 'created'>,
) => (one.created === other.created ? one.jobID < other.jobID : one.created < other.created);

/** What a job that waits says of its place. @param line as much of the line as was read */
export function describePlace(line: readonly WaitingJob[], job: Pick<Job, 'jobID' | 'created'>): string {
  const count = countBefore(line, job);
  if (line.length >= PLACE_LIMIT) return `Waiting: at least ${count} jobs ahead`;
  if (count === 0) return 'Waiting: next in line';
  return `Waiting: about ${count} ${count === 1 ? 'job' : 'jobs'} ahead`;
}
