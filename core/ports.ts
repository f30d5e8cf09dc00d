import type { Subscriber } from './jobs/execute-request.ts';
import type { ExecutionState } from './jobs/failures.ts';
import type { KeyClaim } from './jobs/idempotency-key.ts';
import type {
  Claim,
  everyone,
  Job,
  JobChange,
  JobFilter,
  JobPage,
  JobPosition,
  Notification,
  Waiting,
  WaitingJob,
} from './jobs/job.ts';
import type { JobStatus } from './jobs/lifecycle.ts';
import type { Ticket } from './jobs/waiting-line.ts';
import type { WorkerSizes } from './processes/class-resources.ts';
import type { ComputeClass } from './processes/declaration.ts';
import type { LargeClass } from './processes/large-class.ts';
import type { Source } from './run/context.ts';
import type { SigningKeys } from './shared/signing-keys.ts';
import type { Quotas } from './usage/quotas.ts';
import type { UsageEntry, UsageOutcome } from './usage/usage-entry.ts';

/**
 * What the service needs from the outside, as interfaces. `functions/aws` implements them on AWS and
 * `test/support/memory` in memory; the same contract tests run against both.
 */
export interface JobStore {
  /**
   * Lets a client's key stand for a job, unless it stands for one already.
   * @param instead id of a job that it need not stand for any longer.
   * @returns what it stands for now
   */
  claimKey(claim: KeyClaim, instead?: string): Promise<KeyClaim>;
  /** Stores a new job; throws when the id exists. */
  create(job: Job): Promise<void>;
  /** Strongly consistent read. `removed` when only the tombstone is left; nothing once the retention is over. */
  get(jobID: string): Promise<Job | 'removed' | undefined>;
  /** Owner of a removed job as long as its tombstone is kept. */
  ownerOfRemoved(jobID: string): Promise<string | undefined>;
  /**
   * Changes the status if the lifecycle allows it, in one conditional write.
   * @returns the job after the change, or undefined when the change was refused.
   */
  change(jobID: string, change: JobChange): Promise<Job | undefined>;
  /**
   * Records progress of a running job; progress that would go backwards is not recorded.
   * @returns false when the job no longer runs: the worker must stop.
   */
  progress(jobID: string, progress: number, message: string | undefined, at: string): Promise<boolean>;
  /**
   * Notes where a job waits for its turn, again with each token; the next change of its status takes that away. One that runs waits
   * where its worker was lost and none is free to run it again.
   * @returns nothing where the job has ended
   */
  wait(jobID: string, waiting: Waiting, at: string): Promise<Job | undefined>;
  /**
   * Jobs that wait in the line of a class, those of an owner oldest first. Read from an index that is as large as the line; it
   * may lag behind.
   */
  line(computeClass: ComputeClass, limit: number, owner?: string): Promise<readonly WaitingJob[]>;
  /** Asks for the right to tell the subscriber, so that two who think of it at once do not both do it. */
  claimNotification(jobID: string, event: keyof Subscriber, at: string): Promise<Claim>;
  /**
   * Records what came of telling the subscriber; nothing of a job without one or that was removed. Where it was told of a
   * success nothing is left to do, and the job leaves the index of the sweep.
   */
  notified(jobID: string, event: keyof Subscriber, notification: Notification): Promise<void>;
  /**
   * Jobs that the sweep should look at: unfinished ones, and those that something was left to do for, longest due first.
   * Read from an index that is as large as there are such jobs; it may lag behind.
   */
  due(now: Date, limit: number): Promise<readonly string[]>;
  /** Sets when a job that is due is due again. */
  postpone(jobID: string, until: string): Promise<void>;
  /** Makes a job that has ended due never again, if it still is as it was seen. */
  settle(jobID: string, as: JobStatus | 'removed'): Promise<void>;
  /**
   * Replaces a job that has ended by a tombstone, which the sweep looks at then, to delete what is left of its data.
   * @param due RFC 3339
   * @returns false when there was none.
   */
  remove(jobID: string, due: string): Promise<boolean>;
  /**
   * Jobs of an owner or of all, newest first. Reads a bounded number of items, so a page may be short and still have a
   * `next`.
   */
  list(
    owner: string | typeof everyone,
    filter: JobFilter,
    limit: number,
    after: JobPosition | undefined,
    now: Date,
  ): Promise<JobPage>;
}

export interface StoredObject {
  readonly body: Uint8Array;
  readonly mediaType: string;
}

/** Bytes of an object that is written: at hand, or a range of another object. */
export type ObjectPiece =
  | Uint8Array
  | { readonly key: string; readonly offset: number; readonly length: number };

export interface Storage {
  put(key: string, body: Uint8Array | string, mediaType: string): Promise<void>;
  get(key: string): Promise<StoredObject | undefined>;
  /** Bytes and media type of an object, without reading it. */
  describe(key: string): Promise<{ readonly size: number; readonly mediaType: string } | undefined>;
  /** Bytes of an object from `offset`, at most `length`. @throws when there is no such object */
  range(key: string, offset: number, length: number): Promise<Uint8Array>;
  /** URL to which a client can PUT exactly so many bytes of this media type, for some seconds. */
  presignPut(
    key: string,
    object: { readonly mediaType: string; readonly size: number },
    seconds: number,
  ): Promise<string>;
  /**
   * URL at which a client can GET the object for some minutes, or ask for its HEAD at once: a URL is good for one
   * method. @param fileName offered to browsers
   */
  presign(key: string, fileName: string, method?: 'GET' | 'HEAD'): Promise<string>;
  /** Keys that start with the prefix. */
  list(prefix: string): Promise<readonly string[]>;
  /** Writes an object of any size from pieces, one after the other; what is in other objects does not pass through here. */
  compose(
    key: string,
    pieces: AsyncIterable<ObjectPiece> | Iterable<ObjectPiece>,
    mediaType: string,
  ): Promise<void>;
  /** Deletes all objects whose key starts with the prefix. */
  removeAll(prefix: string): Promise<void>;
}

/** Runs jobs asynchronously. */
export interface Workflow {
  /** @param waits true where the job takes its place in the line of its class at once, instead of trying its worker */
  start(jobID: string, computeClass: ComputeClass, hasSubscriber: boolean, waits?: boolean): Promise<void>;
  /** Lets an execution go on that waits with a token. @returns false where none does any more */
  goOn(token: string): Promise<boolean>;
  /** The job's execution as it is; undefined when it was never started. */
  describe(jobID: string): Promise<ExecutionState | undefined>;
  /** Stops the job's execution; no error when it has already ended. */
  stop(jobID: string): Promise<void>;
}

/** Calls a worker directly and waits for its answer: synchronous execution without a job. */
export interface Workers {
  run(computeClass: ComputeClass, task: unknown): Promise<unknown>;
  /** Whether one more could run in this moment: asks one for nothing. */
  isFree(computeClass: ComputeClass): Promise<boolean>;
}

/** The queues of the lines in which jobs wait for their turn, each fair between owners. */
export interface Line {
  /** @param seconds after which the ticket can come up, at most 900 */
  enter(ticket: Ticket, seconds: number): Promise<void>;
}

export interface OpenOptions {
  /** JSON pointer of the input that has the URL, for error messages. */
  readonly pointer: string;
  /** As the client declares it; wins over what the server says. */
  readonly mediaType?: string;
  /** Name of the layer to take from a file with several. */
  readonly layer?: string;
  /** Bytes that may be read at most. */
  readonly maximumBytes?: number;
  /** Seconds that may be lost with a server that fails for a while. */
  readonly retrySeconds?: number;
  /** Ends waiting and reading. */
  readonly signal?: AbortSignal;
}

/** The way out to the network, guarded. */
export interface Egress {
  /**
   * Opens what a URL refers to. Reads it in ranges where the server has them.
   * A server that fails for a while is asked again.
   * @throws InvalidInput at the pointer when the guard refuses the URL, or it does not answer with a document;
   * RemoteServerFailed when its server fails; LimitExceeded when it is larger than may be read.
   */
  open(href: string, options: OpenOptions): Promise<Source>;
  /**
   * Looks at a URL without sending or resolving anything.
   * @throws InvalidInput at the pointer where `open` would refuse the URL whatever its host answers.
   */
  check(href: string, pointer: string): Promise<void>;
  /**
   * POSTs a body, follows no redirect, and returns the status of the answer.
   * @param signal ends the waiting.
   * @throws Refusal when the guard refuses the URL; Error when nobody answers in time.
   */
  post(
    href: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<number>;
}

/** What owners have used: an entry for each execution and upload. */
export interface UsageStore {
  /**
   * Says that an entry is about to be recorded. Of two that are announced at the same moment one is the first.
   * @returns those of its owner that were announced before it in the last seconds, which may not be listed yet
   */
  announce(entry: UsageEntry): Promise<readonly UsageEntry[]>;
  /** Takes back an entry that was announced and is not recorded. */
  withdraw(entry: UsageEntry): Promise<void>;
  /** Stores a new entry. */
  record(entry: UsageEntry): Promise<void>;
  /** Sets what came of an execution in the end, as often as it is told; nothing where there is no entry of it. */
  settle(id: string, outcome: UsageOutcome): Promise<void>;
  /** Sets what came of an execution so far that goes on in parts: it still runs. Nothing where there is no entry of it. */
  divide(id: string, outcome: UsageOutcome): Promise<void>;
  /** Sets the most that an execution comes to that goes on elsewhere: it still runs. Nothing where there is no entry of it, or it is settled. */
  expect(id: string, outcome: UsageOutcome): Promise<void>;
  /**
   * Adds what a step of an execution that was divided has come to, the last of which settles it, once however often it is told; nothing
   * where there is no entry of it.
   */
  add(id: string, step: string, outcome: UsageOutcome, isLast?: boolean): Promise<void>;
  /** The entries of an owner from a time on, in any order; may lag behind by a moment. */
  since(owner: string, from: Date): Promise<readonly UsageEntry[]>;
  /** The entries of an owner as they were read a moment ago, where they were: for what need not know them to the last one. */
  recent?(owner: string, from: Date): RecentEntries | undefined;
}

/** What an owner has used, as it was read a moment ago. */
export interface RecentEntries {
  /** The same array until they are read again. */
  readonly read: readonly UsageEntry[];
  /** Those that were recorded here since then. */
  readonly begun: readonly UsageEntry[];
}

/** With which the operator stops executions. */
export interface ExecutionSwitch {
  /** What the operator says while executions are stopped; undefined while they are not. Seconds old at most. */
  stopped(): Promise<string | undefined>;
}

export interface Clock {
  now(): Date;
  newID(): string;
}

/** Settings of the service that the operations read; from the environment in AWS. */
export interface Settings {
  readonly title: string;
  readonly retentionDays: number;
  /** Bytes up to which a result travels in the response. */
  readonly inlineResultBytes: number;
  /** Seconds a synchronous execution may take. */
  readonly syncSeconds: number;
  /** Pixels of a raster above which a job is divided into parts, where its process can be; absent: none is. */
  readonly divideAbove?: number;
  /** Whether jobs wait for their turn; otherwise those beyond the quota of running jobs are refused. */
  readonly waits: boolean;
  /** Where jobs go on that are too large for a worker; absent: nowhere. */
  readonly large?: LargeClass;
  /** What one owner may use; empty: anything, and nothing is counted. */
  readonly quotas: Quotas;
  /** What the workers have, for what an execution may come to. */
  readonly workers: WorkerSizes;
}

/** What only the functions know that need it. */
export interface Secrets {
  /** @param options `anew` where something was signed with a key that is not among those known: there may be a newer one */
  signingKeys(options?: { readonly anew?: boolean }): Promise<SigningKeys>;
}

export interface Ports {
  readonly jobs: JobStore;
  readonly storage: Storage;
  readonly workflow: Workflow;
  readonly workers: Workers;
  readonly line: Line;
  readonly egress: Egress;
  readonly usage: UsageStore;
  readonly executionSwitch: ExecutionSwitch;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly secrets: Secrets;
}
