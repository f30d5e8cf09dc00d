import type { QuotaName, Quotas } from './quotas.ts';
import type { UsageEntry } from './usage-entry.ts';

/** What an owner has used, by the quota that it counts for. */
export type Standing = Readonly<Record<QuotaName, number>>;

const HOUR_MILLISECONDS = 3_600_000;
/** Hours after which a job has ended, whatever its entry says: it waits for its turn for up to 25, and runs a quarter. */
const LONGEST_JOB_HOURS = 26;
/** Hours whose entries are read before something begins; of jobs that have waited longer no other one is held to account. */
const READ_HOURS = 6;

/** Midnight in UTC before a time. */
const startOfDay = (now: Date): number => Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());

/** Seconds until the quotas of a day begin anew. */
export const secondsToNextDay = (now: Date): number =>
  Math.ceil((startOfDay(now) + 24 * HOUR_MILLISECONDS - now.getTime()) / 1000);

/** The earliest entry that counts for something that begins. */
export const countedFrom = (now: Date): Date =>
  new Date(Math.min(startOfDay(now), now.getTime() - READ_HOURS * HOUR_MILLISECONDS));

/** The earliest entry of a job that may not have ended. */
export const openFrom = (now: Date): Date => new Date(now.getTime() - LONGEST_JOB_HOURS * HOUR_MILLISECONDS);

/**
 * What the entries of an owner come to: those of today, and the jobs that have not ended.
 * @param together jobs that run at the same time; those beyond wait
 */
export function computeStanding(entries: readonly UsageEntry[], now: Date, together = Infinity): Standing {
  const today = new Date(startOfDay(now)).toISOString();
  const used = { executionsPerDay: 0, gbSecondsPerDay: 0, storedBytesPerDay: 0 };
  let open = 0;
  // In one pass: there may be thousands.
  for (const entry of entries) {
    if (isOpenJob(entry, now)) open++;
    if (entry.created < today) continue;
    used.executionsPerDay++;
    used.gbSecondsPerDay += entry.gbSeconds;
    used.storedBytesPerDay += entry.bytes;
  }
  return { runningJobs: Math.min(open, together), waitingJobs: Math.max(0, open - together), ...used };
}

/** Whether an entry is that of a job that may still run. */
export const isOpenJob = ({ kind, settled, created }: UsageEntry, now: Date): boolean =>
  kind === 'job' &&
  settled === undefined &&
  Date.parse(created) > now.getTime() - LONGEST_JOB_HOURS * HOUR_MILLISECONDS;

/** Quotas that one more would exceed. @param more what it comes to for those that are counted beforehand */
export function findExceeded(quotas: Quotas, standing: Standing, more: Partial<Standing>): QuotaName[] {
  const names = Object.keys(quotas) as QuotaName[];
  return names.filter((name) => {
    const quota = quotas[name];
    if (quota === undefined) return false;
    const wanted = more[name];
    // Of what is known only afterwards, what has been used is what counts.
    return wanted === undefined ? standing[name] >= quota : wanted > 0 && standing[name] + wanted > quota;
  });
}

/** What of a standing grows with each execution. */
const grown = ['executionsPerDay', 'gbSecondsPerDay', 'storedBytesPerDay'] as const;

/** A standing with what synchronous executions have come to since: they are no jobs. */
export function addExecutions(standing: Standing, entries: readonly UsageEntry[]): Standing {
  const sums = {
    executionsPerDay: entries.length,
    gbSecondsPerDay: sum(entries.map(({ gbSeconds }) => gbSeconds)),
    storedBytesPerDay: sum(entries.map(({ bytes }) => bytes)),
  };
  const total = (name: (typeof grown)[number]) => standing[name] + sums[name];
  return { ...standing, ...Object.fromEntries(grown.map((name) => [name, total(name)])) };
}

/** The part of what is left of a quota that a function lets in before it looks again what others have let in. */
const SHARES = 50;

/**
 * Executions that may begin, by all functions together, before each has looked again: what the throttles of a deployment let in within five
 * seconds by default, by POST and by GET. What is left for more cannot be exceeded by those that did not look.
 */
const AT_ONCE = 400;

/**
 * Whether what was begun between two standings is a small part of what was left of each quota, and that is enough for all that may begin
 * elsewhere meanwhile: nobody need look again.
 * @param entry what begins
 */
export function isSmallPart(quotas: Quotas, before: Standing, after: Standing, entry: UsageEntry): boolean {
  const each = { executionsPerDay: 1, gbSecondsPerDay: entry.gbSeconds, storedBytesPerDay: entry.bytes };
  return grown.every((name) => {
    const quota = quotas[name];
    if (quota === undefined) return true;
    const left = quota - before[name];
    return left > 0 && left >= AT_ONCE * each[name] && after[name] - before[name] <= left / SHARES;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
