import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { Ports } from '../../core/ports.ts';
import { computeGbSeconds, type UsageEntry } from '../../core/usage/usage-entry.ts';

/**
 * The entries with those settled whose jobs have ended without a worker that could say what it used.
 * @param open those of jobs that may not have ended
 * @param most jobs that are looked up, the oldest
 */
export async function settleEnded(
  open: readonly UsageEntry[],
  { jobs, usage }: Pick<Ports, 'jobs' | 'usage'>,
  most: number,
): Promise<readonly UsageEntry[]> {
  const oldest = open.toSorted((one, other) => (one.created < other.created ? -1 : 1)).slice(0, most);
  const settled = new Map<string, UsageEntry>();
  await Promise.all(
    oldest.map(async (entry) => {
      const job = await jobs.get(entry.id);
      if (typeof job !== 'object' || !isFinal(job.status)) return;
      const outcome = { gbSeconds: usedGbSeconds(job, entry), bytes: entry.bytes };
      settled.set(entry.id, { ...entry, ...outcome, settled: true });
      await usage.settle(entry.id, outcome);
    }),
  );
  return open.map((entry) => settled.get(entry.id) ?? entry);
}

/** Nothing of a job that never started; what its parts have added; of others the time between its start and its end. */
function usedGbSeconds({ started, finished }: Job, { memory, gbSeconds, divided }: UsageEntry): number {
  if (divided) return gbSeconds;
  if (started === undefined || finished === undefined) return 0;
  return Math.min(gbSeconds, computeGbSeconds(memory, (Date.parse(finished) - Date.parse(started)) / 1000));
}
