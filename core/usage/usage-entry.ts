import { MEGABYTES_PER_GB, SECONDS_PER_DAY } from '../shared/units.ts';
/** What an owner uses by one execution or upload: written before it begins, and set once when it has ended. */
export interface UsageEntry {
  /** That of the job, of the synchronous execution or of the upload. */
  readonly id: string;
  readonly owner: string;
  readonly kind: 'job' | 'sync' | 'upload';
  /** RFC 3339 in UTC. */
  readonly created: string;
  /** Megabytes of the worker that runs it; 0 of an upload. */
  readonly memory: number;
  /** Until it has ended: the most that it can come to. */
  readonly gbSeconds: number;
  readonly bytes: number;
  /** True once the numbers are what came of it. */
  readonly settled?: true;
  /** True once its job goes on in parts: the numbers are what has come of it so far. */
  readonly divided?: true;
  /** Second (Unix time) after which the entry may be deleted. */
  readonly expires: number;
}

/** What came of an execution. */
export interface UsageOutcome {
  readonly gbSeconds: number;
  readonly bytes: number;
}

/** Days that an entry is kept: it counts on its own day, and its job is over by the end of the next. */
const KEPT_DAYS = 3;

/** GB-seconds of a worker of so many megabytes. */
export const computeGbSeconds = (megabytes: number, seconds: number): number =>
  (megabytes / MEGABYTES_PER_GB) * seconds;

/** The entry of something that begins now. */
export const newUsageEntry = (
  entry: Pick<UsageEntry, 'id' | 'owner' | 'kind' | 'memory' | 'gbSeconds' | 'bytes'>,
  now: Date,
): UsageEntry => ({
  ...entry,
  created: now.toISOString(),
  expires: Math.floor(now.getTime() / 1000) + KEPT_DAYS * SECONDS_PER_DAY,
  // Nothing more comes of an upload: its size is signed.
  ...(entry.kind === 'upload' ? { settled: true as const } : {}),
});
