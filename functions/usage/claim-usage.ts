import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { Ports, Settings } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { QuotaExceeded, UsageUnknown } from '../../core/usage/quota-exceeded.ts';
import { rateLimitFields } from '../../core/usage/rate-limit-fields.ts';
import {
  computeStanding,
  countedFrom,
  findExceeded,
  isOpenJob,
  type Standing,
} from '../../core/usage/standing.ts';
import { computeGbSeconds, newUsageEntry, type UsageEntry } from '../../core/usage/usage-entry.ts';

type UsagePorts = Pick<Ports, 'usage' | 'jobs' | 'clock' | 'settings'>;

/** What is about to begin. */
export interface Claim {
  readonly id: string;
  readonly owner: string;
  readonly kind: UsageEntry['kind'];
  /** Which worker runs it; none runs an upload. */
  readonly computeClass?: ComputeClass;
  /** Bytes that are known beforehand. */
  readonly bytes?: number;
}

/** Jobs that are looked up before somebody is refused; of more, the most that they can come to counts. */
const LOOKED_UP = 200;

/**
 * Checks the quotas of an owner for something that is about to begin, and records that it does. What was used is the sum of
 * the entries of single executions: none is counted twice, and what was never settled counts as the most that it could be,
 * until the record of its job says otherwise.
 *
 * @returns the fields of the answer that say what is left
 * @throws QuotaExceeded, and UsageUnknown where entries cannot be read or written: nothing begins uncounted
 */
export async function claimUsage(claim: Claim, ports: UsagePorts): Promise<Record<string, string>> {
  const { usage, clock, settings } = ports;
  const { quotas } = settings;
  if (Object.keys(quotas).length === 0) return {};
  const now = clock.now();
  const { id, owner, kind, bytes = 0 } = claim;
  const entry = newUsageEntry({ id, owner, kind, bytes, ...mostUsage(claim, settings) }, now);
  const more: Partial<Standing> = {
    runningJobs: kind === 'job' ? 1 : 0,
    executionsPerDay: 1,
    ...(kind === 'upload' ? { gbSecondsPerDay: 0, storedBytesPerDay: entry.bytes } : {}),
  };
  const entries = await orUnknown(() => usage.since(owner, countedFrom(now)));
  let standing = computeStanding(entries, now);
  if (findExceeded(quotas, standing, more).length > 0)
    standing = computeStanding(await orUnknown(() => settleEnded(entries, now, ports)), now);
  const exceeded = findExceeded(quotas, standing, more);
  if (exceeded.length > 0) throw new QuotaExceeded(exceeded, quotas, standing, now);
  await orUnknown(() => usage.record(entry));
  return rateLimitFields(quotas, computeStanding([...entries, entry], now), now);
}

/** What an execution can come to at most. */
function mostUsage(
  { kind, computeClass }: Claim,
  { workers, syncSeconds }: Settings,
): Pick<UsageEntry, 'memory' | 'gbSeconds'> {
  if (computeClass === undefined) return { memory: 0, gbSeconds: 0 };
  const { memory, timeout } = workers[computeClass];
  const seconds = kind === 'sync' ? Math.min(timeout, syncSeconds) : timeout;
  return { memory, gbSeconds: computeGbSeconds(memory, seconds) };
}

/** The entries with those settled whose jobs have ended without a worker that could say what it used. */
async function settleEnded(
  entries: readonly UsageEntry[],
  now: Date,
  { jobs, usage }: UsagePorts,
): Promise<readonly UsageEntry[]> {
  const open = entries.filter((entry) => isOpenJob(entry, now)).slice(-LOOKED_UP);
  const settled = new Map<string, UsageEntry>();
  await Promise.all(
    open.map(async (entry) => {
      const job = await jobs.get(entry.id);
      if (typeof job !== 'object' || !isFinal(job.status)) return;
      const outcome = { gbSeconds: usedGbSeconds(job, entry), bytes: entry.bytes };
      settled.set(entry.id, { ...entry, ...outcome, settled: true });
      await usage.settle(entry.id, outcome);
    }),
  );
  return entries.map((entry) => settled.get(entry.id) ?? entry);
}

/** Nothing of a job that never started; of others the time between its start and its end. */
function usedGbSeconds({ started, finished }: Job, { memory, gbSeconds }: UsageEntry): number {
  if (started === undefined || finished === undefined) return 0;
  return Math.min(gbSeconds, computeGbSeconds(memory, (Date.parse(finished) - Date.parse(started)) / 1000));
}

async function orUnknown<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw new UsageUnknown(cause);
  }
}
