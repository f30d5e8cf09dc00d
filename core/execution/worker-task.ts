import type { ExecuteRequest } from '../jobs/execute-request.ts';
import type { LogDocument } from '../jobs/log.ts';
import type { ProblemDocument } from '../shared/problems.ts';
import type { ResultManifest } from './manifest.ts';

/** What a worker is asked: to run a stored job, or a request whose client waits. */
export type WorkerTask = JobTask | SyncTask;

export interface JobTask {
  readonly kind: 'job';
  readonly jobID: string;
}

export interface SyncTask {
  readonly kind: 'sync';
  /** Names the prefix in the bucket under which large results are kept for a while. */
  readonly executionID: string;
  readonly request: ExecuteRequest;
  readonly client: Client;
  /** Seconds that the client's connection allows. */
  readonly seconds: number;
}

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
