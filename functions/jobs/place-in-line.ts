import type { Job, WaitingJob } from '../../core/jobs/job.ts';
import { describePlace, PLACE_LIMIT } from '../../core/jobs/waiting-line.ts';
import type { Clock, JobStore } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { logger } from '../observe/logger.ts';

/** Milliseconds for which places are told by a line that was read: a page asks every few seconds, and a thousand jobs have one each. */
const REMEMBERED = 5000;
/** The same for a job that is not in what was read, as it has come since. */
const REMEMBERED_WITHOUT = 1000;

interface Read {
  readonly at: number;
  readonly line: Promise<readonly WaitingJob[]>;
}

type Lines = Pick<JobStore, 'line'>;

/** What each store was asked last, by compute class. */
const lines = new WeakMap<Lines, Map<ComputeClass, Read>>();

/** The job with its place in the line as its message, where it waits; as it is where that cannot be read. */
export async function withPlace(
  job: Job,
  { jobs, clock }: { readonly jobs: Lines; readonly clock: Clock },
): Promise<Job> {
  if (!job.waiting) return job;
  const { computeClass } = job.waiting;
  try {
    const now = clock.now().getTime();
    let line = await remembered(jobs, computeClass, now, REMEMBERED);
    if (line.length < PLACE_LIMIT && !line.some(({ jobID }) => jobID === job.jobID))
      line = await remembered(jobs, computeClass, now, REMEMBERED_WITHOUT);
    return { ...job, message: describePlace(line, job) };
  } catch (error) {
    logger.warn('Line:NotRead', { jobID: job.jobID, error });
    return job;
  }
}

/** The line of a class, not older than so many milliseconds. */
function remembered(jobs: Lines, computeClass: ComputeClass, now: number, milliseconds: number) {
  const ofStore = lines.get(jobs) ?? new Map<ComputeClass, Read>();
  lines.set(jobs, ofStore);
  const last = ofStore.get(computeClass);
  if (last && now - last.at < milliseconds) return last.line;
  const line = jobs.line(computeClass, PLACE_LIMIT);
  ofStore.set(computeClass, { at: now, line });
  // What could not be read is not remembered.
  line.catch(() => ofStore.delete(computeClass));
  return line;
}
