import { classifyExecution, type ExecutionState, type FailureReason } from './failures.ts';
import type { Job } from './job.ts';

/*
 * A job ends because its worker, the workflow or an event ends it. The sweep is for those that nobody ended, whatever has
 * died: it looks at each unfinished job from time to time and asks what became of its execution.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Most jobs have ended before they are looked at for the first time, and no function still tries to start one. */
const FIRST_CHECK = 5 * MINUTE;
/** Later looks come after as long again as the job has lived, within these bounds. */
const SHORTEST_PAUSE = 10 * MINUTE;
const LONGEST_PAUSE = HOUR;
/** A worker that runs says so at least at its start, and Lambda stops it after 15 minutes. */
const LONGEST_SILENCE = HOUR;
/**
 * How long a job waits for its turn, and longer than the workflow tries for a free worker where there is no line; so may the parts
 * of a job that runs. A task of the large class has up to a day, and may be in native code for hours, without a word; the workflow
 * knows when it ends, and gives it up when its time is over.
 */
const LONGEST_WAIT = 24 * HOUR;
/** Seconds after which the workflow gives a job up that waits for its turn: the sweep does it before, and says why. */
export const WAIT_SECONDS = (LONGEST_WAIT + 2 * LONGEST_PAUSE) / 1000;
/** How long a subscriber that does not answer is told again. */
const LONGEST_TELLING = HOUR;
/**
 * After that nobody is left who could write objects of a job that has ended: Lambda stops a worker after 15 minutes, and a task
 * of the large class is stopped with its execution, within two.
 */
const LONGEST_WORK = 20 * MINUTE;

/** When a job that was created then is looked at for the first time; RFC 3339. */
export const firstCheck = (created: string): string => later(Date.parse(created), FIRST_CHECK);

/** When a job is looked at again that still has something to do now. */
export function nextCheck({ created }: Pick<Job, 'created'>, now: Date): string {
  const age = now.getTime() - Date.parse(created);
  return later(now.getTime(), Math.min(Math.max(age, SHORTEST_PAUSE), LONGEST_PAUSE));
}

/** What is to be done about an unfinished job: nothing yet, or it fails for a reason. */
export type Verdict =
  | { readonly kind: 'goes-on' }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly stillExecuting: boolean };

/**
 * Judges an unfinished job by its execution. One without an execution is failed rather than started late: whoever sent
 * the request got an error for it and has sent it again, so that it would be computed, and paid, twice.
 *
 * @param execution undefined where there is none: it was never started.
 * @param inParts whether it is divided: then it is silent while all of its parts wait for free workers
 */
export function judge(job: Job, execution: ExecutionState | undefined, now: Date, inParts = false): Verdict {
  if (!execution) return { kind: 'failed', reason: 'unstarted', stillExecuting: false };
  const isRunning = execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE';
  if (!isRunning) return { kind: 'failed', reason: classifyExecution(execution), stillExecuting: false };
  const { since, longest, reason } =
    job.status === 'running' && !job.waiting
      ? ({
          since: job.updated,
          longest: inParts || job.handedOver ? LONGEST_WAIT : LONGEST_SILENCE,
          reason: 'lost',
        } as const)
      : ({ since: job.created, longest: LONGEST_WAIT, reason: 'throttled' } as const);
  if (now.getTime() - Date.parse(since) <= longest) return { kind: 'goes-on' };
  return { kind: 'failed', reason, stillExecuting: true };
}

/**
 * When the leftovers of a job that ended then can be deleted for good: whoever has begun to work on it has ended, whether it
 * knows of the end or not. @param ended RFC 3339, as the result is
 */
export const lastWrite = (ended: string): string => later(Date.parse(ended), LONGEST_WORK);

/** Whether the subscriber of a job that has ended is worth another attempt. */
export const mayBeNotified = ({ finished, updated }: Job, now: Date): boolean =>
  now.getTime() - Date.parse(finished ?? updated) <= LONGEST_TELLING;

const later = (time: number, milliseconds: number): string => new Date(time + milliseconds).toISOString();
