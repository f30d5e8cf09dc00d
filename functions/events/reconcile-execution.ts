import { type FailureReason, failureOf, reasonOf } from '../../core/jobs/failures.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';

/** What EventBridge says of an execution that did not succeed. */
export interface ExecutionEvent {
  readonly detail: {
    /** Name of the execution: the id of the job. */
    readonly name: string;
    readonly status: string;
    readonly error?: string | null;
    readonly cause?: string | null;
  };
}

/**
 * Ends a job whose execution has ended without it: whatever stopped the workflow, no job stays accepted or running.
 * A job that has ended stays as it is, so the event may come more than once.
 */
export async function reconcileExecution(
  { detail }: ExecutionEvent,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<{ readonly jobID: string; readonly failed: boolean }> {
  const { name: jobID, status, error, cause } = detail;
  const exception = failureOf(reasonFor(detail));
  const job = await jobs.change(jobID, {
    to: 'failed',
    at: clock.now().toISOString(),
    message: exception.detail ?? exception.title,
    exception: { ...exception, instance: `urn:uuid:${jobID}` },
  });
  const failed = job !== undefined;
  console.warn(JSON.stringify({ event: 'Execution:Reconciled', jobID, status, failed, error, cause }));
  return { jobID, failed };
}

function reasonFor({ status, error, cause }: ExecutionEvent['detail']): FailureReason {
  if (status === 'TIMED_OUT') return 'timeout';
  if (status === 'ABORTED') return 'aborted';
  return reasonOf({ Error: error ?? '', Cause: cause ?? '' });
}

export const handler = (event: ExecutionEvent) => reconcileExecution(event, awsPorts());
