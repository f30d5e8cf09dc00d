import type { Context } from 'aws-lambda';
import type { WorkerTask } from '../../core/execution/worker-task.ts';
import type { Runs } from '../../core/processes/declaration.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { ProcessThread } from './threads/process-thread.ts';
import { work } from './worker.ts';

/** The Lambda handler of a worker that can run the given processes. @param threadEntry where they run in threads of their own */
export function workerHandler(runs: Runs, threadEntry?: URL) {
  const thread = threadEntry && new ProcessThread(threadEntry);
  return (task: WorkerTask, context: Context) =>
    work({ processes, runs, ports: awsPorts(), ...(thread ? { thread } : {}) }, task, () =>
      context.getRemainingTimeInMillis(),
    );
}
