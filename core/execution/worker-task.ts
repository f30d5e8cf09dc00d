import type { ExecuteRequest } from '../jobs/execute-request.ts';
import type { LogDocument } from '../jobs/log.ts';
import type { RowRange } from '../run/context.ts';
import type { ProblemDocument } from '../shared/problems.ts';
import type { ResultManifest } from './manifest.ts';

/**
 * What a worker is asked: to run a stored job, or a request whose client waits; to compute a part of a job that was divided,
 * or to put its parts together.
 */
export type WorkerTask = JobTask | SyncTask | PartTask | AssembleTask;

/** Whether a worker is free is found out by asking one for nothing, which costs a millisecond. */
export interface NoTask {
  readonly kind: 'nothing';
}

export interface JobTask {
  readonly kind: 'job';
  readonly jobID: string;
}

/** One of the parts of a job; the list of all of them is an object in the bucket. */
export interface PartTask extends RowRange {
  readonly kind: 'part';
  readonly jobID: string;
  /** From 0 on, as the part. */
  readonly round: number;
  /** How many rounds there are, at most. */
  readonly rounds: number;
  readonly part: number;
  /** How many there are. */
  readonly count: number;
}

/** What is done when all parts of a round are done. */
export interface AssembleTask {
  readonly kind: 'assemble';
  readonly jobID: string;
  readonly round: number;
  readonly count: number;
}

/**
 * What the workflow reads in the answer to a {@link JobTask}, as a list, and in that to an {@link AssembleTask} after which
 * another round follows: where the list of parts is, and how many there are.
 */
export interface FanOut {
  readonly jobID: string;
  readonly key: string;
  readonly round: number;
  readonly count: number;
}

/** Name of {@link WorkToHandOver}, by which the workflow knows it. */
export const HANDED_OVER = 'WorkToHandOver';

/**
 * A job is too large for its worker and goes on in the large class. The workflow catches it by its name: an answer would have
 * to be looked at, which each job would pay for.
 */
export class WorkToHandOver extends Error {
  constructor(jobID: string) {
    super(`Job ${jobID} goes on in the large class`);
    this.name = HANDED_OVER;
  }
}

export interface SyncTask {
  readonly kind: 'sync';
  /** Names the prefix in the bucket under which large results are kept for a while. */
  readonly executionID: string;
  readonly request: ExecuteRequest;
  /** Object that has the inputs, where they are too large for the call; those of the request are empty then. */
  readonly inputsKey?: string;
  readonly client: Client;
  /** Seconds that the client's connection allows. */
  readonly seconds: number;
}

/**
 * Bytes of JSON with which a function can be called: Lambda's 6 MB, less what surrounds the request. What a client wrote
 * grows on the way: `1e20` becomes 21 digits.
 */
export const CALL_BYTES = 6_291_456 - 16_384;

/** How much longer JSON that was read is at most when it is written again: `1e20` is 21 digits. */
export const MOST_GROWTH = 6;

/** What a worker answers to a {@link SyncTask}. */
export type SyncAnswer = ({ readonly manifest: ResultManifest } | { readonly problem: ProblemDocument }) & {
  readonly warnings?: KeptWarnings;
};

/** The warnings of an execution, which an object in the bucket tells: a {@link LogDocument}. */
export interface KeptWarnings {
  readonly count: number;
  readonly key: string;
}

/** On whose behalf a process runs: whose uploads it may read, and what the service's own addresses start with. */
export interface Client {
  readonly owner: string;
  readonly baseUrl: string;
}
