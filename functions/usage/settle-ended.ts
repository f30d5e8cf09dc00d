import { equivalentGbSeconds } from '../../core/cost/fargate.ts';
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
  { jobs, usage, settings }: Pick<Ports, 'jobs' | 'usage' | 'settings'>,
  most: number,
): Promise<readonly UsageEntry[]> {
  const oldest = open.toSorted((one, other) => (one.created < other.created ? -1 : 1)).slice(0, most);
  const settled = new Map<string, UsageEntry>();
  await Promise.all(
    oldest.map(async (entry) => {
      const job = await jobs.get(entry.id);
      if (typeof job !== 'object' || !isFinal(job.status)) return;
      const outcome = { gbSeconds: usedGbSeconds(job, entry, settings.large), bytes: entry.bytes };
      settled.set(entry.id, { ...entry, ...outcome, settled: true });
      await usage.settle(entry.id, outcome);
    }),
  );
  return open.map((entry) => settled.get(entry.id) ?? entry);
}

/** Nothing of a job that never started; what its parts have added; of others the time between its start and its end. */
function usedGbSeconds(
  { started, finished, handedOver }: Job,
  { memory, gbSeconds, divided }: UsageEntry,
  large: Ports['settings']['large'],
): number {
  if (divided) return gbSeconds;
  if (started === undefined || finished === undefined) return 0;
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  // A second of a task costs several of a worker.
  const used = handedOver && large ? equivalentGbSeconds(large, seconds) : computeGbSeconds(memory, seconds);
  return Math.min(gbSeconds, used);
}
