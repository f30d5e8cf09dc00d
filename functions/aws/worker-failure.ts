import { classifyRuntimeError, OutOfMemory, problemFromFailure } from '../../core/jobs/failures.ts';
import { Refusal, SyncTimeout } from '../../core/shared/errors.ts';

/** What Lambda says of a function that ended without an answer. */
export interface FunctionFailure {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** A worker that ended without an answer. Carries what Lambda said for the log, not for the client. */
class WorkerCrashed extends Error {
  constructor({ errorType = 'Unknown', errorMessage = '' }: FunctionFailure) {
    super(`The worker ended with ${errorType}: ${errorMessage}`);
    this.name = 'WorkerCrashed';
  }
}

/** What the client of a synchronous execution is told: its request may be at fault for time and memory only. */
export function workerFailure(failure: FunctionFailure, syncSeconds: number): Error {
  const cause = new WorkerCrashed(failure);
  const reason = classifyRuntimeError({ Error: failure.errorType ?? '', Cause: failure.errorMessage ?? '' });
  switch (reason) {
    case 'timeout':
      return new SyncTimeout(syncSeconds);
    case 'memory':
      return new OutOfMemory(cause);
    case 'throttled':
      return workersBusy(cause);
    default:
      return cause;
  }
}

/** The service has no worker free. */
export function workersBusy(cause: unknown): Refusal {
  const { status, type, detail = '' } = problemFromFailure('throttled');
  return new Refusal(status, type, 'The execution failed', {
    cause,
    detail: detail.replace('the job', 'the process'),
    headers: { 'Retry-After': '5' },
  });
}
