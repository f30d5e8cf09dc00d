import { classifyExecution, type ExecutionState } from '../../core/jobs/failures.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { observeStep } from '../observe/observe-step.ts';
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
  const { name: jobID, error, cause } = detail;
  const said = { error: error ?? undefined, cause: cause ?? undefined };
  const job = await failUnfinished(jobID, classifyExecution(detail), ports, said);
  await notifySubscriber(jobID, ports);
  return { jobID, failed: job !== undefined };
}

/** @param ports made in the invocation, as their clients are */
export const reconcileExecutionStep = (ports: () => NotifyPorts) =>
  observeStep('ReconcileExecution', async (event: ExecutionEvent, note) => {
    const { name: jobID, status, error, cause } = event.detail;
    note({ jobID, status, reason: error, cause });
    const answer = await reconcileExecution(event, ports());
    note(answer);
    return answer;
  });

export const handler = reconcileExecutionStep(awsPorts);
