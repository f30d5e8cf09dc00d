import type { ComputeClass } from '../processes/declaration.ts';
import type { ProblemDocument } from '../shared/problems.ts';
import type { ExecuteRequest, Subscriber } from './execute-request.ts';
import type { JobStatus } from './lifecycle.ts';

/** Instead of an owner: the jobs of all. A symbol, so that no owner and no mistake is taken for it. */
export const everyone = Symbol('everyone');

/** A job as it is stored: small; inputs and results are in the bucket. Times are RFC 3339 in UTC. */
export interface Job {
  readonly jobID: string;
  readonly owner: string;
  readonly processID: string;
  readonly status: JobStatus;
  readonly created: string;
  readonly started?: string;
  readonly finished?: string;
  readonly updated: string;
  /** Percent, integer, 100 only when successful. */
  readonly progress?: number;
  readonly message?: string;
  /** How many warnings are in the log of a job that has ended; absent where there are none. */
  readonly warnings?: number;
  /** Where a job waits for its turn: one that is accepted, or whose worker was lost; absent where it does not. */
  readonly waiting?: Waiting;
  /** It goes on in the large class, or did. */
  readonly handedOver?: true;
  /** Why the job failed: the same document as the synchronous response would have been. */
  readonly exception?: ProblemDocument;
  /** What was asked of the results: dialect, outputs, modes and subscriber; the inputs are in the bucket. */
  readonly request: JobRequest;
  /** How the last attempt to tell the subscriber went, by the member of `subscriber`; only where there is one. */
  readonly notifications?: Notifications;
  /** Public base URL at the time of the request, for links in callbacks. */
  readonly baseUrl: string;
  /** Second (Unix time) after which the job and its data may be deleted. */
  readonly expires: number;
}

/** The line that a job waits in, and the token with which its workflow goes on. */
export interface Waiting {
  readonly computeClass: ComputeClass;
  readonly token: string;
}

/** A job in the line of a compute class, as the index has it. */
export interface WaitingJob {
  readonly jobID: string;
  /** Tells its owner from others. */
  readonly group: string;
  /** RFC 3339. */
  readonly created: string;
}

/** What came of a callback. */
export interface Notification {
  readonly at: string;
  /** True while the attempt is under way. */
  readonly sending?: true;
  readonly delivered: boolean;
  /** Status that the subscriber answered; absent when it did not answer. */
  readonly status?: number;
  /** Why it was not delivered. */
  readonly detail?: string;
}

export type Notifications = Readonly<Partial<Record<keyof Subscriber, Notification>>>;

export type JobRequest = Omit<ExecuteRequest, 'inputs'>;

/** A change of status together with what is recorded with it. */
export interface JobChange {
  readonly to: JobStatus;
  readonly at: string;
  readonly message?: string;
  readonly progress?: number;
  readonly warnings?: number;
  readonly exception?: ProblemDocument;
  /** True where it goes on in the large class. */
  readonly handedOver?: true;
  /**
   * True where something is left to do after the end: a subscriber to be told, objects to be deleted that a worker may yet
   * write. The job stays in the index of the sweep, which does it if nobody else has.
   */
  readonly staysDue?: boolean;
}

/** Seconds after which somebody who was about to tell the subscriber, and said no more, counts as dead. */
export const NOTIFICATION_SECONDS = 60;

/** What came of asking to tell the subscriber: the right to do it, or somebody else has done it or is doing it. */
export type Claim = 'granted' | 'told' | 'taken';

/** Filters of the job list; all optional, combined with AND, the values of one with OR. */
export interface JobFilter {
  readonly processIDs?: readonly string[];
  readonly statuses?: readonly JobStatus[];
  /** Interval that `created` must fall in; RFC 3339, both ends inclusive. */
  readonly createdFrom?: string;
  readonly createdTo?: string;
  /** Seconds, inclusive. */
  readonly minDuration?: number;
  readonly maxDuration?: number;
}

/** Position in the list, newest first: jobs strictly older than it come next. */
export interface JobPosition {
  readonly created: string;
  readonly jobID: string;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** Where the next page starts; absent when there is none. */
  readonly next?: JobPosition;
}

/** Where the files of a job are in the bucket. */
export const jobKeys = {
  prefix: (jobID: string) => `jobs/${jobID}/`,
  request: (jobID: string) => `jobs/${jobID}/request.json`,
  results: (jobID: string) => `jobs/${jobID}/results.json`,
  log: (jobID: string) => `jobs/${jobID}/log.json`,
  outputs: (jobID: string) => `jobs/${jobID}/outputs/`,
  parts: (jobID: string) => `jobs/${jobID}/parts/`,
  /** The list of the parts of a job that was divided, and what they are to know of the rounds before. */
  partList: (jobID: string, round: number | '*' = 0) => `jobs/${jobID}/parts/${round}/list.json`,
  found: (jobID: string, round: number) => `jobs/${jobID}/parts/${round}/found.bin`,
  partsOfRound: (jobID: string, round: number) => `jobs/${jobID}/parts/${round}/`,
  /** What a part has computed, and the lines of its log: written last, when the part is done. */
  part: (jobID: string, part: number, round = 0) => `jobs/${jobID}/parts/${round}/${part}.bin`,
  partLog: (jobID: string, part: number, round = 0) => `jobs/${jobID}/parts/${round}/${part}.log`,
  partOverview: (jobID: string, name: string) => `jobs/${jobID}/parts/${name}.tiles`,
  output: (jobID: string, name: string) => `jobs/${jobID}/outputs/${name}`,
} as const;

/** Whether an object is there only until the parts of a job are put together. */
export const isOfPart = (key: string): boolean => /^jobs\/[^/]+\/parts\//.test(key);

/** Whether a text can be the id of a job; there is no need to look for any other. */
export const isJobID = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
