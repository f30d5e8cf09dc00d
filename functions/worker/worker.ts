import type { WorkerTask } from '../../core/execution/worker-task.ts';
import type { Worker } from './execute.ts';
import { runJob } from './run-job.ts';
import { runSync } from './run-sync.ts';

/** Runs a task. Answers synchronous ones; of a job it answers the final status, for the log of the workflow. */
export function work(
  worker: Worker,
  task: WorkerTask,
  remainingMilliseconds: () => number,
): Promise<unknown> {
  if (task.kind === 'sync') return runSync(worker, task);
  return runJob(worker, task.jobID, remainingMilliseconds);
}
