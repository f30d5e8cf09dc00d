import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports, Settings } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { QuotaExceeded, UsageUnknown } from '../../core/usage/quota-exceeded.ts';
import { rateLimitFields } from '../../core/usage/rate-limit-fields.ts';
import {
  addExecutions,
  computeStanding,
  countedFrom,
  findExceeded,
  isOpenJob,
  isSmallPart,
  type Standing,
} from '../../core/usage/standing.ts';
import { computeGbSeconds, newUsageEntry, type UsageEntry } from '../../core/usage/usage-entry.ts';
import { logger } from '../observe/logger.ts';
import { settleEnded } from './settle-ended.ts';

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

/** What the quotas say of something that begins. */
export interface Claimed {
  /** Fields of the answer that say what is left. */
  readonly fields: Readonly<Record<string, string>>;
  /** True where as many jobs of the owner run as may: this one waits for its turn. */
  readonly waits: boolean;
}

/**
 * Checks the quotas of an owner for something that is about to begin, and records that it does. What was used is the sum of
 * the entries of single executions: none is counted twice, and what was never settled counts as the most that it could be,
 * until the record of its job says otherwise.
 *
 * @throws QuotaExceeded, and UsageUnknown where entries cannot be read or written: nothing begins uncounted
 */
export async function claimUsage(claim: Claim, ports: UsagePorts): Promise<Claimed> {
  const { usage, clock, settings } = ports;
  const { quotas } = settings;
  if (Object.keys(quotas).length === 0) return { fields: {}, waits: false };
  const now = clock.now();
  const { id, owner, kind, bytes = 0 } = claim;
  const entry = newUsageEntry({ id, owner, kind, bytes, ...mostUsage(claim, settings) }, now);
  const { waits, after } =
    (kind === 'sync' && letInByRecent(entry, now, ports)) || (await letIn(entry, now, ports));
  await orUnknown(() => usage.record(entry));
  return { fields: rateLimitFields(quotas, after, now), waits };
}

interface LetIn {
  readonly waits: boolean;
  /** What the owner has used with it. */
  readonly after: Standing;
}

/** Where jobs wait, those beyond the quota of running ones count for that of waiting ones. */
const countTogether = ({ waits, quotas }: Settings): number | undefined =>
  waits ? quotas.runningJobs : undefined;

/** What entries that were read a moment ago come to. */
const standings = new WeakMap<readonly UsageEntry[], Standing>();

/**
 * Lets in an execution that is no job without reading the entries of its owner again, where they were read a moment ago and what was begun
 * since is a small part of what was left.
 */
function letInByRecent(entry: UsageEntry, now: Date, { usage, settings }: UsagePorts): LetIn | undefined {
  const recent = usage.recent?.(entry.owner, countedFrom(now));
  if (!recent || recent.begun.some(({ kind }) => kind === 'job')) return undefined;
  const before = standings.get(recent.read) ?? computeStanding(recent.read, now, countTogether(settings));
  standings.set(recent.read, before);
  const after = addExecutions(before, [...recent.begun, entry]);
  return isSmallPart(settings.quotas, before, after, entry) ? { waits: false, after } : undefined;
}

/** Milliseconds after which what is refused has taken back that it was announced. */
const UNDECIDED_MILLISECONDS = 200;

/**
 * Lets in what the entries of its owner leave room for, those included that were announced before it and are not listed yet: of
 * any number at the same moment as many as there is room for. @throws QuotaExceeded, UsageUnknown
 */
async function letIn(entry: UsageEntry, now: Date, ports: UsagePorts, isLastTry = false): Promise<LetIn> {
  const { usage, settings } = ports;
  const { quotas } = settings;
  const { owner, kind } = entry;
  const together = countTogether(settings);
  const standingOf = (some: readonly UsageEntry[]) => computeStanding(some, now, together);
  const mustWait = ({ runningJobs }: Standing) =>
    kind === 'job' && together !== undefined && runningJobs >= together;
  const exceededBy = (standing: Standing) =>
    findExceeded(quotas, standing, {
      runningJobs: kind === 'job' && together === undefined ? 1 : 0,
      waitingJobs: mustWait(standing) ? 1 : 0,
      executionsPerDay: 1,
      ...(kind === 'upload' ? { gbSecondsPerDay: 0, storedBytesPerDay: entry.bytes } : {}),
    });
  const listed = await orUnknown(() => usage.since(owner, countedFrom(now)));
  const refuse = (standing: Standing) => {
    const exceeded = exceededBy(standing);
    if (exceeded.length > 0) throw new QuotaExceeded(exceeded, quotas, standing, now);
  };
  let entries = listed.filter(({ id }) => id !== entry.id);
  if (exceededBy(standingOf(entries)).length > 0) {
    const open = entries.filter((other) => isOpenJob(other, now));
    const rest = entries.filter((other) => !isOpenJob(other, now));
    entries = [...rest, ...(await orUnknown(() => settleEnded(open, ports, LOOKED_UP)))];
  }
  refuse(standingOf(entries));
  const ids = new Set(entries.map(({ id }) => id));
  const announced = await orUnknown(() => usage.announce(entry));
  const all = [...entries, ...announced.filter(({ id }) => !ids.has(id))];
  const standing = standingOf(all);
  if (exceededBy(standing).length > 0) {
    await withdraw(entry, usage);
    if (isLastTry) refuse(standing);
    // Some of those before it may be refused themselves.
    await sleep(UNDECIDED_MILLISECONDS);
    return letIn(entry, now, ports, true);
  }
  return { waits: mustWait(standing), after: standingOf([...all, entry]) };
}

/** What was announced and is not recorded counts for some seconds at most. */
async function withdraw(entry: UsageEntry, usage: UsagePorts['usage']): Promise<void> {
  try {
    await usage.withdraw(entry);
  } catch (error) {
    logger.warn('Usage:NotWithdrawn', { id: entry.id, error });
  }
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

async function orUnknown<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw new UsageUnknown(cause);
  }
}
