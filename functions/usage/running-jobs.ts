import type { Ports } from '../../core/ports.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { isOpenJob, openFrom } from '../../core/usage/standing.ts';
import { settleEnded } from './settle-ended.ts';

/** Jobs of an owner that are looked for in a line; of more, some would count as running. */
const MOST_WAITING = 10_000;
/** Jobs that are looked up because their worker may have died without a word. */
const LOOKED_UP = 20;

/** Whether an owner has as many jobs running as the quota allows: those that have not ended, less those that wait. */
export async function runsAsManyAsAllowed(
  owner: string,
  { usage, jobs, clock, settings }: Pick<Ports, 'usage' | 'jobs' | 'clock' | 'settings'>,
): Promise<boolean> {
  const { runningJobs } = settings.quotas;
  if (runningJobs === undefined) return false;
  const now = clock.now();
  const lines = computeClasses.map((computeClass) => jobs.line(computeClass, MOST_WAITING, owner));
  const [entries, ...waiting] = await Promise.all([usage.since(owner, openFrom(now)), ...lines]);
  const waits = new Set(waiting.flat().map(({ jobID }) => jobID));
  const running = entries.filter((entry) => isOpenJob(entry, now) && !waits.has(entry.id));
  if (running.length < runningJobs) return false;
  const settled = await settleEnded(running, { jobs, usage }, LOOKED_UP);
  return settled.filter((entry) => isOpenJob(entry, now)).length >= runningJobs;
}
