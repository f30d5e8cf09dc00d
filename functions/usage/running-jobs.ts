import type { Ports } from '../../core/ports.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { isOpenJob, openFrom } from '../../core/usage/standing.ts';
import { settleEnded } from './settle-ended.ts';

/** Jobs of an owner that are looked for in a line; of more, some would count as running. */
const MOST_WAITING = 10_000;
/** Jobs that are looked up because their worker may have died without a word. */
const LOOKED_UP = 20;

/**
 * How many more jobs of an owner may run: the quota, less those that have not ended and do not wait. A job that was let in waits
 * until it runs, so that of the longest waiting ones as many as there is room for may be let in, by whomever.
 */
export async function roomToRun(
  owner: string,
  { usage, jobs, clock, settings }: Pick<Ports, 'usage' | 'jobs' | 'clock' | 'settings'>,
): Promise<number> {
  const { runningJobs } = settings.quotas;
  if (runningJobs === undefined) return Infinity;
  const now = clock.now();
  const readLines = () =>
    Promise.all(computeClasses.map((computeClass) => jobs.line(computeClass, MOST_WAITING, owner)));
  const entries = await usage.since(owner, openFrom(now));
  // After the entries: what leaves the lines meanwhile counts as running, which is on the safe side.
  const waits = new Set((await readLines()).flat().map(({ jobID }) => jobID));
  const running = entries.filter((entry) => isOpenJob(entry, now) && !waits.has(entry.id));
  if (running.length < runningJobs) return runningJobs - running.length;
  const settled = await settleEnded(running, { jobs, usage, settings }, LOOKED_UP);
  return Math.max(0, runningJobs - settled.filter((entry) => isOpenJob(entry, now)).length);
}
