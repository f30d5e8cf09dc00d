import type { Context } from 'aws-lambda';
import type { NoTask, WorkerTask } from '../../core/execution/worker-task.ts';
import type { ComputeClass, Runs } from '../../core/processes/declaration.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { logger } from '../observe/logger.ts';
import { traceStep } from '../observe/trace.ts';
import { findThreadModule } from './threads/find-thread-module.ts';
import { ProcessThread } from './threads/process-thread.ts';
import { removeScratch } from './threads/scratch-directory.ts';
import { work } from './worker.ts';

/**
 * The Lambda handler of a worker. Its thread is started with it, so that it reads its code while clients of AWS are made.
 *
 * @param runs the algorithms of its compute class.
 * @param module URL of the worker's module, which has that of its thread beside it.
 */
export function createWorkerHandler(computeClass: ComputeClass, runs: Runs, module: string) {
  removeScratch();
  const thread = new ProcessThread(findThreadModule('thread', computeClass, module));
  thread.prepare();
  return async (task: WorkerTask | NoTask, context: Context) => {
    if (task.kind === 'nothing') return null;
    logger.setContext(context);
    const jobID = task.kind === 'sync' ? task.executionID : task.jobID;
    return traceStep(task.kind, { jobID, computeClass }, () => {
      const worker = { processes, runs, ports: awsPorts(), thread };
      return work(worker, task, () => context.getRemainingTimeInMillis());
    });
  };
}
