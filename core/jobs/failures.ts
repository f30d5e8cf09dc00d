import { LimitExceeded } from '../shared/errors.ts';
import { type ProblemDocument, problemFromError } from '../shared/problems.ts';
import { ExceptionType } from '../shared/uris.ts';

/** Why a job ended without its worker being able to say so. */
export type FailureReason =
  | 'timeout'
  | 'memory'
  | 'storage'
  | 'crash'
  | 'throttled'
  | 'aborted'
  | 'unstarted'
  | 'lost';

/** What the runtime reports of a worker that did not answer: Step Functions' `Error` and `Cause`. */
export interface RuntimeError {
  readonly Error?: string;
  readonly Cause?: string;
}

/**
 * Tells the reason from the words of Lambda and Step Functions. Lambda kills a worker that uses more memory than it has,
 * and Node.js aborts when its heap is full.
 */
export function classifyRuntimeError({ Error: name = '', Cause: cause = '' }: RuntimeError): FailureReason {
  const text = `${name} ${cause}`;
  if (/timed? ?out|States\.Timeout|Sandbox\.Timedout/i.test(text)) return 'timeout';
  // An emulator that was started again says this of what it has not kept.
  if (name === 'States.ServiceRestart') return 'lost';
  if (/OutOfMemory|out of memory|heap limit|signal: (killed|aborted)/i.test(text)) return 'memory';
  // Fargate has no room at the moment, or the account may run no more.
  if (/^(Amazon)?ECS\./.test(name)) return 'throttled';
  if (/TooManyRequests|Throttl|ConcurrentInvocationLimit/i.test(text)) return 'throttled';
  return /Aborted/i.test(name) ? 'aborted' : 'crash';
}

/** An execution of the workflow, as Step Functions describes it or tells of its end. */
export interface ExecutionState {
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED` or `PENDING_REDRIVE`. */
  readonly status: string;
  readonly error?: string | null | undefined;
  readonly cause?: string | null | undefined;
}

/** Why the job of an execution that has ended did not end with it. */
export function classifyExecution({ status, error, cause }: ExecutionState): FailureReason {
  if (status === 'TIMED_OUT') return 'timeout';
  if (status === 'ABORTED') return 'aborted';
  return classifyRuntimeError({ Error: error ?? '', Cause: cause ?? '' });
}

interface Failure {
  readonly status: 413 | 500 | 503;
  readonly detail: string;
}

const LESS =
  'Send less at once: a smaller extent, a coarser resolution, fewer or simpler features, or the parts of a large file one after the other.';

const failures: Readonly<Record<FailureReason, Failure>> = {
  timeout: {
    status: 413,
    detail: `The inputs are too much for one worker: the process did not end within its time limit. ${LESS}`,
  },
  memory: {
    status: 413,
    detail: `The inputs are too much for one worker: the process needed more memory than it has. ${LESS}`,
  },
  storage: {
    status: 413,
    detail: `The inputs are too much for one worker: its temporary files needed more disk space than it has. ${LESS}`,
  },
  crash: {
    status: 500,
    detail: 'The worker ended unexpectedly. The operator can find the cause in the log of the worker.',
  },
  throttled: { status: 503, detail: 'The service was too busy to run the job. Try again later.' },
  aborted: { status: 500, detail: 'The execution of the job was stopped by the operator of the service.' },
  unstarted: {
    status: 503,
    detail: 'The service could not start the job. Nothing was computed; send the request again.',
  },
  lost: {
    status: 500,
    detail:
      'The service lost the job while it was running. The inputs are not at fault; send the request again.',
  },
};

/**
 * The exception that a job is given when its worker could not give it one. Time, memory and space are limits of the service that the
 * inputs exceed, as those that are told before the work begins; the rest is a fault of the service.
 */
export function problemFromFailure(reason: FailureReason): ProblemDocument {
  const { status, detail } = failures[reason];
  if (status === 413) return problemFromError(new LimitExceeded('/inputs', detail));
  return { type: ExceptionType.jobFailed, title: 'The job failed', status, detail };
}

/** The memory of the thread of a process was full; the worker itself goes on and can say so. */
export class OutOfMemory extends LimitExceeded {
  static override readonly name: string = 'OutOfMemory';
  constructor(cause: unknown) {
    super('/inputs', failures.memory.detail, cause);
  }
}
