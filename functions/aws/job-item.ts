import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import { positionKey } from '../../core/jobs/position.ts';
import { firstCheck } from '../../core/jobs/sweeping.ts';

/**
 * Partitions over which the list of one owner is spread. One takes 1000 writes a second, which three hundred jobs a second cause; two are more
 * than Step Functions starts, and each costs a query for every page.
 */
export const SHARDS = 2;
/** Partitions of versions before: what they have stored may be in any of them, new jobs are in the first ones. */
export const OLD_SHARDS = 8;

/** A job as an item of the table: its members and the keys of the index that lists it. */
export interface JobItem extends Job {
  readonly listKey: string;
  readonly position: string;
  /** Partition of the index that lists the jobs of all owners. */
  readonly everyKey: string;
  /** Keys of the index of the sweep, which only jobs have that it should look at: a partition, and when. */
  readonly sweepKey?: string;
  readonly due?: string;
  /** Keys of the index of the lines, which only jobs have that wait for their turn: compute class and place. */
  readonly waitsFor?: string;
  readonly waitPosition?: string;
}

/** What is left of a removed job until its retention is over. It has no keys of the list. */
export interface Tombstone {
  readonly jobID: string;
  readonly owner: string;
  readonly expires: number;
  readonly removed: true;
  /** Keys of the index of the sweep, as long as there may be objects of the job. */
  readonly sweepKey?: string;
  readonly due?: string;
}

/** A client's key, and the job that it stands for; it is no job. */
export interface ClaimItem {
  /** {@link makeClaimID} */
  readonly jobID: string;
  readonly claimed: string;
  readonly fingerprint: string;
  readonly expires: number;
}

/** Key of the item of a client's key: no id of a job has such characters. */
export const makeClaimID = (key: string): string => `key#${key}`;

/** Attributes that a tombstone does not keep; the type makes sure that none is forgotten. */
const forgotten: Readonly<Record<Exclude<keyof JobItem, keyof Tombstone>, true>> = {
  processID: true,
  status: true,
  created: true,
  started: true,
  finished: true,
  updated: true,
  progress: true,
  warnings: true,
  message: true,
  exception: true,
  handedOver: true,
  notifications: true,
  request: true,
  baseUrl: true,
  listKey: true,
  position: true,
  everyKey: true,
  waiting: true,
  waitsFor: true,
  waitPosition: true,
};

export const forgottenAttributes: readonly string[] = Object.keys(forgotten);

export const makeListKey = (owner: string, shard: number): string => `${owner}#${shard}`;

/** Partition of the jobs of all owners, in an index of its own: an owner may have any name. */
export const makeEveryKey = (shard: number): string => `all#${shard}`;

/** Partition of the index of the sweep; its jobs are spread as those of an owner's list are. */
export const makeSweepKey = (shard: number): string => `due#${shard}`;

export const itemFromJob = (job: Job): JobItem => ({
  ...job,
  listKey: makeListKey(job.owner, computeShard(job.jobID)),
  position: positionKey(job),
  everyKey: makeEveryKey(computeShard(job.jobID)),
  ...(isFinal(job.status)
    ? {}
    : { sweepKey: makeSweepKey(computeShard(job.jobID)), due: firstCheck(job.created) }),
});

export function jobFromItem({
  listKey: _key,
  position: _position,
  everyKey: _everyKey,
  sweepKey: _sweepKey,
  due: _due,
  waitsFor: _waitsFor,
  waitPosition: _waitPosition,
  ...job
}: JobItem): Job {
  return job;
}

export const isTombstone = (item: JobItem | Tombstone): item is Tombstone => 'removed' in item;

/** Spreads ids evenly: FNV-1a, 32 bit (Fowler, Noll, Vo). */
export function computeShard(jobID: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(jobID, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % SHARDS;
}
