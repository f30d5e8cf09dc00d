import { type WorkerTask, WorkToHandOver } from '../../core/execution/worker-task.ts';
import type { Job } from '../../core/jobs/job.ts';
import { jobMembers } from '../observe/job-members.ts';
import { logger } from '../observe/logger.ts';
import { hashOwner } from '../observe/owner-hash.ts';
import { UsageMeter } from '../usage/settle-usage.ts';
import { assembleJob } from './assemble-job.ts';
import type { Worker } from './execute.ts';
import { runJob } from './run-job.ts';
import { runPart } from './run-part.ts';
import { runSync } from './run-sync.ts';

/**
 * Runs a task. Answers synchronous ones; of a job it answers the final status, for the log of the workflow.
 *
 * Where the process cannot be ended because it is in native code, this process ends instead, once the end of the job is
 * recorded: it would compute on at full load beside the tasks that come next. Lambda starts a new one for the next task.
 *
 * @param leave ends this process.
 */
export async function work(
  worker: Worker,
  task: WorkerTask,
  remainingMilliseconds: () => number,
  leave = endProcess,
): Promise<unknown> {
  const started = performance.now();
  const meter = new UsageMeter(worker);
  let members: Readonly<Record<string, unknown>> = ids(task);
  const onJob = (job: Job) => {
    members = { ...members, ...jobMembers(job) };
  };
  const metered = { ...worker, onJob, ports: { ...worker.ports, storage: meter.storage } };
  try {
    await meter.begin(task);
    if (task.kind === 'sync') return await runSync(metered, task);
    if (task.kind === 'part') return await runPart(metered, task, remainingMilliseconds);
    if (task.kind === 'assemble') {
      // The workflow goes on with the round that follows, if there is one.
      const { fanOut, ...ending } = await assembleJob(metered, task, remainingMilliseconds);
      if (fanOut) meter.divide();
      return { ...ending, ...fanOut?.[0] };
    }
    // The workflow goes through what is to be done in parts; usually that is nothing.
    const answer = await runJob(metered, task.jobID, remainingMilliseconds);
    if (answer.fanOut) meter.divide();
    return { fanOut: [], ...answer };
  } catch (error) {
    if (error instanceof WorkToHandOver) meter.handOver();
    throw error;
  } finally {
    await meter.settle(task);
    logger.info('Task:Done', {
      kind: task.kind,
      ...members,
      milliseconds: Math.round(performance.now() - started),
    });
    if (worker.thread && !(await worker.thread.isFree())) leave(task);
  }
}

/** What the line of a task is found by, and what can be told of it without its job. */
const ids = (task: WorkerTask) =>
  task.kind !== 'sync'
    ? { jobID: task.jobID, ...(task.kind === 'part' ? { part: task.part } : {}) }
    : { jobID: task.executionID, processID: task.request.processID, owner: hashOwner(task.client.owner) };

/** By a signal: `process.exit` waits for all threads, also for the one that does not end. */
function endProcess(task: WorkerTask): void {
  const id = task.kind === 'sync' ? task.executionID : task.jobID;
  logger.error('Worker:Stuck', { jobID: id, reason: 'A process did not end, so the worker exits.' });
  process.kill(process.pid, 'SIGKILL');
}
