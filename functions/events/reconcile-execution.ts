import { classifyExecution, type ExecutionState } from '../../core/jobs/failures.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { logger } from '../observe/logger.ts';
import { type NotifyPorts, notifySubscriber } from '../tasks/notify-subscriber.ts';

/** What EventBridge says of an execution that did not succeed. */
export interface ExecutionEvent {
  /** Name of the execution: the id of the job. */
  readonly detail: ExecutionState & { readonly name: string };
}

/**
 * Ends a job whose execution has ended without it, and tells its subscriber what the execution cannot tell any more:
 * whatever stopped the workflow, no job stays accepted or running. A job that has ended stays as it is and a subscriber
 * that was told is not told again, so the event may come more than once. @throws when it should come again
 */
export async function reconcileExecution(
  { detail }: ExecutionEvent,
  ports: NotifyPorts,
): Promise<{ readonly jobID: string; readonly failed: boolean }> {
  const { name: jobID, status, error, cause } = detail;
  const failed = (await failUnfinished(jobID, classifyExecution(detail), ports)) !== undefined;
  logger.warn('Execution:Reconciled', { jobID, status, failed, reason: error, cause });
  await notifySubscriber(jobID, ports);
  return { jobID, failed };
}

export const handler = (event: ExecutionEvent) => reconcileExecution(event, awsPorts());
