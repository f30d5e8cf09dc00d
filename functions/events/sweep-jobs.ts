import { type Job, jobKeys } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import { judge, lastWrite, mayBeNotified, nextCheck } from '../../core/jobs/sweeping.ts';
import type { Ports } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { awsPorts } from '../aws/ports.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { longestWait } from '../jobs/longest-wait.ts';
import { removeLeftovers } from '../jobs/remove-leftovers.ts';
import { jobMembers } from '../observe/job-members.ts';
import { meterLongestWait } from '../observe/job-metrics.ts';
import { logger } from '../observe/logger.ts';
import { observeStep } from '../observe/observe-step.ts';
import { type NotifyPorts, notifySubscriber } from '../tasks/notify-subscriber.ts';

type SweepPorts = NotifyPorts & Pick<Ports, 'workflow' | 'line'>;

/** Jobs that one sweep looks at: as many as it can within its time. The next one takes the rest. */
const JOBS = 400;
/** Jobs that are looked at at the same time. Step Functions describes about 15 executions a second, and 300 at once. */
const AT_ONCE = 8;

/** What became of the jobs that were due. */
export interface Sweep {
  readonly due: number;
  readonly failed: number;
  readonly errors: number;
}

/**
 * Ends the jobs that neither their worker, nor the workflow, nor an event has ended, tells the subscribers that nobody has
 * told, and deletes what workers have left of jobs without results. A sweep that dies is no loss: the next one finds the
 * same jobs. @throws after the sweep, when a job could not be looked at
 */
export async function sweepJobs(ports: SweepPorts): Promise<Sweep> {
  const jobIDs = await ports.jobs.due(ports.clock.now(), JOBS);
  const waiting = jobIDs.values();
  let failed = 0;
  const errors: unknown[] = [];
  const work = async () => {
    for (const jobID of waiting) {
      try {
        if (await sweepJob(jobID, ports)) failed++;
      } catch (error) {
        errors.push(error);
        logger.error('Sweep:Error', { jobID, error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sweep = { due: jobIDs.length, failed, errors: errors.length };
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} jobs could not be looked at`);
  return sweep;
}

/** @returns whether the job was failed */
async function sweepJob(jobID: string, ports: SweepPorts): Promise<boolean> {
  // The index may lag behind the table.
  const job = await ports.jobs.get(jobID);
  if (job === undefined) return false;
  const found = job === 'removed' ? await forget(jobID, ports) : await lookAt(job, ports);
  logger.info('Sweep:Job', { jobID, ...(job !== 'removed' && jobMembers(job)), found });
  return found === 'failed';
}

/** What the sweep has found a job to be, and done what there was to do about. */
type Found = 'removed' | 'ended' | 'goes-on' | 'failed';

async function forget(jobID: string, { jobs, storage }: SweepPorts): Promise<Found> {
  await removeLeftovers(jobID, 'removed', storage);
  await jobs.settle(jobID, 'removed');
  return 'removed';
}

async function lookAt(job: Job, ports: SweepPorts): Promise<Found> {
  const { jobs, workflow, clock } = ports;
  const { jobID } = job;
  if (isFinal(job.status)) {
    await finish(job, ports);
    return 'ended';
  }
  const inParts = job.status === 'running' && (await isInParts(jobID, ports));
  const verdict = judge(job, await workflow.describe(jobID), clock.now(), inParts);
  if (verdict.kind === 'goes-on') {
    if (job.waiting) await replaceTicket(job, job.waiting.computeClass, ports);
    await jobs.postpone(jobID, nextCheck(job, clock.now()));
    return 'goes-on';
  }
  const failed = await failUnfinished(jobID, verdict.reason, ports);
  if (verdict.stillExecuting) await workflow.stop(jobID);
  if (failed) await finish(failed, ports);
  return failed ? 'failed' : 'ended';
}

/** The tickets of an owner may be lost: one more for the job that is next does no harm. */
async function replaceTicket(
  { jobID, owner }: Job,
  computeClass: ComputeClass,
  { jobs, line }: SweepPorts,
): Promise<void> {
  const [next] = await jobs.line(computeClass, 1, owner);
  if (next?.jobID === jobID) await line.enter({ computeClass, owner, jobID }, 0);
}

/** Whether a job that runs was divided: its parts have a list. */
const isInParts = async (jobID: string, { storage }: SweepPorts): Promise<boolean> =>
  (await storage.describe(jobKeys.partList(jobID))) !== undefined;

/**
 * Does what is left to do for a job that has ended: tells its subscriber and deletes what it should not have. The job stays
 * due until both are done or given up.
 */
async function finish(job: Job, ports: SweepPorts): Promise<void> {
  const { jobs, storage, clock } = ports;
  const { jobID, status, finished, updated } = job;
  if (!(await notify(job, ports))) return jobs.postpone(jobID, nextCheck(job, clock.now()));
  const until = lastWrite(finished ?? updated);
  if (status !== 'successful' && until > clock.now().toISOString()) return jobs.postpone(jobID, until);
  await removeLeftovers(jobID, status, storage);
  await jobs.settle(jobID, status);
}

/** Tells the subscriber of a job that has ended. @returns false where it is to be tried again */
async function notify(job: Job, ports: SweepPorts): Promise<boolean> {
  try {
    await notifySubscriber(job.jobID, ports);
    return true;
  } catch (error) {
    logger.warn('Callback:Error', { jobID: job.jobID, error });
    return !mayBeNotified(job, ports.clock.now());
  }
}

/** How long jobs wait is told at every sweep, also at one that fails. @param ports made in the invocation, as their clients are */
export const sweepJobsStep = (ports: () => SweepPorts) =>
  observeStep('SweepJobs', async (_event: unknown, note): Promise<Sweep> => {
    const swept = ports();
    try {
      const sweep = await sweepJobs(swept);
      note({ ...sweep });
      return sweep;
    } finally {
      meterLongestWait(await longestWait(swept));
    }
  });

export const handler = sweepJobsStep(awsPorts);
