import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type { Job } from '../../core/jobs/job.ts';
import { secondsToNextTry, type Ticket } from '../../core/jobs/waiting-line.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { logger } from '../observe/logger.ts';
import { runsAsManyAsAllowed } from '../usage/running-jobs.ts';

export type AdmitPorts = Pick<
  Ports,
  'jobs' | 'line' | 'workers' | 'workflow' | 'usage' | 'clock' | 'settings'
>;

/** What SQS delivers: one ticket at a time. */
export interface TicketEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** What became of a ticket: it let a job in, nobody of its owner waits any more, or another one was sent in its place. */
export type Admission = 'admitted' | 'nobody' | 'again';

/** Between two questions whether a worker is free. Those that are refused cost nothing. */
const PAUSE_MILLISECONDS = 250;
/** Left for giving the ticket back before Lambda stops this function. */
const MARGIN_MILLISECONDS = 10_000;
const START_MILLISECONDS = 5000;
const START_PAUSE_MILLISECONDS = 100;
/** The oldest jobs of the owner that are looked at: some may have been let in, or ended, in this moment. */
const LOOKED_AT = 10;

/**
 * Lets the longest waiting job of the owner of a ticket go on, as soon as a worker of its class is free and the owner has fewer jobs
 * running than it may. A ticket that comes late or twice lets nobody in who would not have been next; one that is lost is sent
 * again by the sweep.
 *
 * @param startMilliseconds for which a job that was let in is given time to begin, before the next ticket may look for a worker
 */
export async function admitJob(
  ticket: Ticket,
  ports: AdmitPorts,
  remainingMilliseconds: () => number,
  startMilliseconds = START_MILLISECONDS,
): Promise<Admission> {
  const { computeClass, owner } = ticket;
  const { line, workers, settings } = ports;
  if ((await findWaiting(ticket, ports)).length === 0) return 'nobody';
  if (await runsAsManyAsAllowed(owner, ports)) {
    const others = await ports.jobs.line(computeClass, MOST_TICKETS, owner);
    await line.enter(ticket, secondsToNextTry(others.length, settings.quotas.runningJobs ?? 0));
    return 'again';
  }
  while (!(await workers.isFree(computeClass))) {
    if (remainingMilliseconds() < MARGIN_MILLISECONDS) {
      await line.enter(ticket, 0);
      return 'again';
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  // Again: it may have been dismissed while no worker was free.
  for (const job of await findWaiting(ticket, ports)) {
    if (!(await ports.workflow.goOn(job.waiting.token))) continue;
    await untilBegun(job, ports, startMilliseconds);
    return 'admitted';
  }
  return 'nobody';
}

/** Beyond these the pause between two tickets of an owner is the longest. */
const MOST_TICKETS = 3000;

type WaitingOne = Job & { readonly waiting: NonNullable<Job['waiting']> };

/** The oldest jobs of the owner of a ticket that wait; its own one last, which the index may not have yet. */
async function findWaiting(
  { computeClass, owner, jobID }: Ticket,
  { jobs }: AdmitPorts,
): Promise<WaitingOne[]> {
  const oldest = await jobs.line(computeClass, LOOKED_AT, owner);
  const ids = new Set([...oldest.map((other) => other.jobID), jobID]);
  const found = await Promise.all([...ids].map((id) => jobs.get(id)));
  return found.filter((job): job is WaitingOne => typeof job === 'object' && job.waiting !== undefined);
}

/** Until the job runs or waits again, so that the worker which was free is not promised to two. */
async function untilBegun(
  { jobID, waiting }: WaitingOne,
  { jobs, clock }: AdmitPorts,
  milliseconds: number,
): Promise<void> {
  const end = clock.now().getTime() + milliseconds;
  do {
    await sleep(START_PAUSE_MILLISECONDS);
    const job = await jobs.get(jobID);
    if (typeof job !== 'object' || job.waiting?.token !== waiting.token) return;
  } while (clock.now().getTime() < end);
}

export const handler = async ({ Records }: TicketEvent, context: Context): Promise<void> => {
  for (const { body } of Records) {
    const ticket = JSON.parse(body) as Ticket;
    const { jobID, computeClass } = ticket;
    const admission = await admitJob(ticket, awsPorts(), () => context.getRemainingTimeInMillis());
    logger.info('Line:Ticket', { jobID, computeClass, admission });
  }
};
