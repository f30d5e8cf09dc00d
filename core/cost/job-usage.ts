import { addUsages, type FunctionSize, invocation, multiplyUsage, noUsage, type Usage } from './usage.ts';

/**
 * What a successful job without subscriber does besides computing, when it ends within two seconds: a test counts it. A
 * longer one writes its progress, at most every two seconds.
 */
export const plainJob = {
  transitions: 2,
  /** Writes of its record: accepted, running, successful. */
  recordWrites: 3,
  /** With the indexes: the list takes each write, that of the sweep the first and the last. */
  writeUnits: 8,
  /** Reads besides those that a client asks for: whether anybody waits for a worker of its class. */
  recordReads: 1,
  /** The request and the manifest of the results. */
  objectWrites: 2,
  objectReads: 1,
} as const;

/**
 * What it does besides where quotas are set, which is so unless the operator turns them off: a job that its owner starts alone, of
 * which no other has begun in the ten seconds before. A test counts it.
 */
export const countedJob = {
  /** Of the entry of what its owner uses: announced, recorded, settled. */
  usageWrites: 3,
  /** With the index that lists entries, which takes all but the first. */
  writeUnits: 5,
  /** A query of each of the two partitions of an owner. */
  readUnits: 1,
} as const;

/** What counting a synchronous execution takes: its entry, written once, with the index. A test counts it. */
export const countedSync = { usageWrites: 1, writeUnits: 2 } as const;

/**
 * What each part of a divided job does besides computing, in one round, and what is done with it when all are put together. A
 * test counts it.
 */
export const plainPart = {
  transitions: 1,
  /** Of its record: how many parts are done. */
  writeUnits: 2,
  /** Of the entry of what its owner uses, where quotas are set. */
  usageWriteUnits: 2,
  /** Whether the job runs. */
  recordReads: 1,
  /** What it has found, its log, a look at which parts are done, and its copy into the result. */
  objectWrites: 4,
  /** The request, and index and log when the parts are put together. */
  objectReads: 3,
} as const;

/** Requests that a client makes for a job: it starts it, looks twice whether it has ended, and gets its result. */
export const REQUESTS_PER_JOB = 4;

/** Seconds that a function behind the API is billed for where it waits for nobody; a generous round number. */
export const API_SECONDS = 0.05;

/** Bytes of log that an invocation leaves, its start and end by Lambda included. */
export const LOG_BYTES = 1500;

/** Seconds between two looks of the sweep for jobs that nothing else has ended. */
export const SWEEP_SECONDS = 300;

/** Lambda asks each queue of waiting jobs for messages with five long polls of 20 s at the same time, also where there are none. */
export const EMPTY_POLLS_A_SECOND = 5 / 20;

interface Sizes {
  readonly api: FunctionSize;
  readonly worker: FunctionSize;
}

/** A request whose answer is a look into the table. */
const readRequest = (api: FunctionSize): Usage => ({
  ...invocation(api, API_SECONDS),
  apiRequests: 1,
  readUnits: 1,
  logBytes: LOG_BYTES,
});

/** What counts an execution, where anything does. */
const countedBy = (counting: Counting, { writeUnits, readUnits = 0 }: CountedUnits): Usage =>
  counting === 'quotas' ? { ...noUsage, writeUnits, readUnits } : noUsage;

interface CountedUnits {
  readonly writeUnits: number;
  readonly readUnits?: number;
}

/** Whether owners have quotas, as they do by default: what they use is written down then. */
export type Counting = 'quotas' | 'no quotas';

/** What a job that is divided into parts takes besides the seconds of its workers. */
const partsUsage = (worker: FunctionSize, parts: number, counting: Counting): Usage =>
  multiplyUsage(
    addUsages(
      {
        ...invocation(worker, 0),
        transitions: plainPart.transitions,
        writeUnits: plainPart.writeUnits,
        readUnits: plainPart.recordReads,
        objectWrites: plainPart.objectWrites,
        objectReads: plainPart.objectReads,
        logBytes: LOG_BYTES,
      },
      countedBy(counting, { writeUnits: plainPart.usageWriteUnits }),
    ),
    parts,
  );

/** Where and for how long something runs. */
interface Run {
  /** Seconds that its workers are billed for. */
  readonly seconds: number;
  /** Quotas, unless it is said otherwise. */
  readonly counting?: Counting;
}

interface JobRun extends Run {
  /** Into which it is divided, times the rounds in which they are gone through; 0 where one worker does it. */
  readonly parts?: number;
}

/** A job from its request to its result. */
export const jobUsage = (
  { api, worker }: Sizes,
  { seconds, parts = 0, counting = 'quotas' }: JobRun,
): Usage =>
  addUsages(
    partsUsage(worker, parts, counting),
    countedBy(counting, countedJob),
    multiplyUsage(readRequest(api), REQUESTS_PER_JOB),
    { ...invocation(worker, seconds), logBytes: LOG_BYTES },
    {
      ...noUsage,
      transitions: plainJob.transitions,
      writeUnits: plainJob.writeUnits + Math.floor(seconds / 2) * 2,
      readUnits: plainJob.recordReads,
      objectWrites: plainJob.objectWrites,
      objectReads: plainJob.objectReads + 1,
    },
  );

interface SyncRun extends Run {
  /** The function that takes the request does the work itself (ADR 0034). */
  readonly inRequest?: boolean;
}

/**
 * A synchronous execution: small work is done where the request is; for other work the function that took the request waits
 * for the worker, and both are billed.
 */
export const syncUsage = (
  { api, worker }: Sizes,
  { seconds, counting = 'quotas', inRequest = false }: SyncRun,
): Usage =>
  addUsages(
    { ...invocation(api, API_SECONDS + seconds), apiRequests: 1, logBytes: LOG_BYTES },
    inRequest ? noUsage : { ...invocation(worker, seconds), logBytes: LOG_BYTES },
    countedBy(counting, countedSync),
  );
