import type { Context } from 'aws-lambda';
import { processes } from '../../../processes/index.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import type { WorkerTask } from './task.ts';
import { type Runs, work } from './worker.ts';

/** The Lambda handler of a worker that can run the given processes. */
export const workerHandler = (runs: Runs) => (task: WorkerTask, context: Context) =>
  work({ processes, runs, ports: awsPorts() }, task, () => context.getRemainingTimeInMillis());
