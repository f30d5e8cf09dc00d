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
 * What each part of a divided job does besides computing, in one round, and what is done with it when all are put together. A
 * test counts it.
 */
export const plainPart = {
  transitions: 1,
  /** Of its record: how many parts are done. */
  writeUnits: 2,
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

/** What a job that is divided into parts takes besides the seconds of its workers. */
const partsUsage = (worker: FunctionSize, parts: number): Usage =>
  multiplyUsage(
    {
      ...invocation(worker, 0),
      transitions: plainPart.transitions,
      writeUnits: plainPart.writeUnits,
      readUnits: plainPart.recordReads,
      objectWrites: plainPart.objectWrites,
      objectReads: plainPart.objectReads,
      logBytes: LOG_BYTES,
    },
    parts,
  );

/**
 * A job from its request to its result.
 *
 * @param seconds that its workers are billed for
 * @param parts that it is divided into, times the rounds in which they are gone through; 0 where one worker does it
 */
export const jobUsage = ({ api, worker }: Sizes, seconds: number, parts = 0): Usage =>
  addUsages(
    partsUsage(worker, parts),
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

/** A synchronous execution: the function that took the request waits for the worker, and both are billed. */
export const syncUsage = ({ api, worker }: Sizes, seconds: number): Usage =>
  addUsages(
    { ...invocation(api, API_SECONDS + seconds), apiRequests: 1, logBytes: LOG_BYTES },
    { ...invocation(worker, seconds), logBytes: LOG_BYTES },
  );
