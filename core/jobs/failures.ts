import { Refusal } from '../shared/errors.ts';
import { type ProblemDocument, problemFromError } from '../shared/problems.ts';
import { ExceptionType } from '../shared/uris.ts';

/** Why a job ended without its worker being able to say so. */
export type FailureReason = 'timeout' | 'memory' | 'crash' | 'throttled' | 'aborted' | 'unstarted';

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

const details: Readonly<Record<FailureReason, string>> = {
  timeout: 'The process did not end within the time that the service gives a job. Try a smaller input.',
  memory: 'The process needed more memory than the service has. Try a smaller input.',
  crash: 'The worker ended unexpectedly. The operator finds the cause in the log of the job.',
  throttled: 'The service was too busy to run the job. Try again later.',
  aborted: 'The execution of the job was stopped by the operator of the service.',
  unstarted: 'The service could not start the job. Nothing was computed; send the request again.',
};

/** The exception that a job is given when its worker could not give it one. */
export function problemFromFailure(reason: FailureReason): ProblemDocument {
  return {
    ...problemFromError(undefined),
    type: ExceptionType.jobFailed,
    title: 'The job failed',
    status: reason === 'throttled' || reason === 'unstarted' ? 503 : 500,
    detail: details[reason],
  };
}

/** The memory of the thread of a process was full; the worker itself goes on and can say so. */
export class OutOfMemory extends Refusal {
  constructor(cause: unknown) {
    const { status, type, title, detail = title } = problemFromFailure('memory');
    super(status, type, title, { detail, cause });
  }
}
