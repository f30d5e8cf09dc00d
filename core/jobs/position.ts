import type { Job, JobFilter, JobPosition } from './job.ts';

/*
 * The list is ordered by one string, `<created>#<jobID>`, newest first. `#` sorts before, and `$` right after it,
 * so that `<created>$` is above all jobs of that millisecond and below those of the next.
 */

/** Place of a job in the list, as a string that sorts; jobs of the same millisecond are told apart by their id. */
export const positionKey = ({ created, jobID }: JobPosition): string => `${created}#${jobID}`;

/** The reverse of {@link positionKey}. */
export function parsePositionKey(key: string): JobPosition {
  const mark = key.indexOf('#');
  return { created: key.slice(0, mark), jobID: key.slice(mark + 1) };
}

/** Orders jobs newest first. */
export const newestFirst = (a: JobPosition, b: JobPosition): number => {
  const [left, right] = [positionKey(a), positionKey(b)];
  return left < right ? 1 : left > right ? -1 : 0;
};

/** Keys between which a page is looked for, both inclusive; the job at `after` itself belongs to the page before. */
export interface PositionRange {
  readonly from: string;
  readonly to: string;
}

/** Below and above all keys. */
export const EARLIEST = '!';
export const LATEST = '~';

/** Keys that the filter's interval and the position allow. */
export function positionRange(
  { createdFrom, createdTo }: JobFilter,
  after: JobPosition | undefined,
): PositionRange {
  const upper = createdTo === undefined ? LATEST : `${createdTo}$`;
  const position = after === undefined ? LATEST : positionKey(after);
  const [to = position] = [position, upper].sort();
  return { from: createdFrom ?? EARLIEST, to };
}

/** True for the place of a job within the range. */
export const isWithin = (job: Job, { from, to }: PositionRange): boolean => {
  const key = positionKey(job);
  return from <= key && key <= to;
};
