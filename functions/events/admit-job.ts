import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../core/jobs/job.ts';
import { secondsToNextTry, type Ticket } from '../../core/jobs/waiting-line.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { jobMembers } from '../observe/job-members.ts';
import { logger } from '../observe/logger.ts';
import { observeStep } from '../observe/observe-step.ts';
import { hashOwner } from '../observe/owner-hash.ts';
import { roomToRun } from '../usage/running-jobs.ts';

export type AdmitPorts = Pick<
  Ports,
  'jobs' | 'line' | 'workers' | 'workflow' | 'usage' | 'clock' | 'settings'
>;

/** What SQS delivers: one ticket at a time. */
export interface TicketEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** What became of a ticket: it let a job in, its own does not wait any more, or it is to come up again. */
export type Admission = 'admitted' | 'over' | 'again';

/** Between two questions whether a worker is free. Those that are refused cost nothing. */
const PAUSE_MILLISECONDS = 250;
/** Left for giving the ticket back before Lambda stops this function. */
const MARGIN_MILLISECONDS = 10_000;
const START_MILLISECONDS = 5000;
const START_PAUSE_MILLISECONDS = 100;
/** The oldest jobs of the owner that are looked at: some are being let in, or have ended, in this moment. */
const LOOKED_AT = 10;
/** Beyond these the pause between two tickets of an owner is the longest. */
const MOST_TICKETS = 3000;
/** Seconds after which a ticket comes up again that has let another job in than its own. */
const SOON = 1;

/**
 * Lets the longest waiting job of the owner of a ticket go on, as soon as a worker of its class is free and the owner has fewer jobs
 * running than it may. The ticket comes up again as long as the job that brought it waits: so each job that waits has one. One
 * that comes late or twice does nothing; one that is lost is sent again by the sweep.
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
  const { line, workers } = ports;
  if (!(await readWaiting(ticket.jobID, ports))) return 'over';
  if ((await roomToRun(owner, ports)) <= 0) return comeAgain(ticket, ports);
  while (!(await workers.isFree(computeClass))) {
    if (remainingMilliseconds() < MARGIN_MILLISECONDS) {
      await line.enter(ticket, 0);
      return 'again';
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  // Again, and the jobs after it: others may have been let in or dismissed while no worker was free.
  const room = await roomToRun(owner, ports);
  if (room <= 0) return comeAgain(ticket, ports);
  for (const job of await findNext(ticket, room, ports)) {
    if (!(await ports.workflow.goOn(job.waiting.token))) continue;
    logger.info('Line:Admitted', { ...jobMembers(job), computeClass, ticket: ticket.jobID });
    await untilBegun(job, ports, startMilliseconds);
    if (job.jobID !== ticket.jobID) await line.enter(ticket, SOON);
    return 'admitted';
  }
  if (!(await readWaiting(ticket.jobID, ports))) return 'over';
  await line.enter(ticket, SOON);
  return 'again';
}

/** Sends the ticket of an owner again who has as many jobs running as it may. */
async function comeAgain(ticket: Ticket, { jobs, line, settings }: AdmitPorts): Promise<Admission> {
  const waiting = await jobs.line(ticket.computeClass, MOST_TICKETS, ticket.owner);
  await line.enter(ticket, secondsToNextTry(waiting.length, settings.quotas.runningJobs ?? 0));
  return 'again';
}

type WaitingOne = Job & { readonly waiting: NonNullable<Job['waiting']> };

async function readWaiting(jobID: string, { jobs }: AdmitPorts): Promise<WaitingOne | undefined> {
  const job = await jobs.get(jobID);
  return typeof job === 'object' && job.waiting ? (job as WaitingOne) : undefined;
}

/** The longest waiting jobs of the owner of a ticket, as many as there is room for; its own one too where the index lags behind. */
async function findNext(
  { computeClass, owner, jobID }: Ticket,
  room: number,
  ports: AdmitPorts,
): Promise<WaitingOne[]> {
  const most = Math.min(room, LOOKED_AT);
  const oldest = (await ports.jobs.line(computeClass, most, owner)).map((other) => other.jobID);
  const ids = [...new Set([...oldest, jobID])].slice(0, most);
  const found = await Promise.all(ids.map((id) => readWaiting(id, ports)));
  return found.filter((job) => job !== undefined);
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

/** One ticket in an invocation, as `infra/constructs/waiting-lines.ts` says. @param ports made in it, as their clients are */
export const admitJobStep = (ports: () => AdmitPorts) =>
  observeStep('AdmitJob', async ({ Records: [record] }: TicketEvent, note, context) => {
    if (!record) return;
    const ticket = JSON.parse(record.body) as Ticket;
    const { jobID, computeClass, owner } = ticket;
    note({ jobID, owner: hashOwner(owner), computeClass });
    note({ admission: await admitJob(ticket, ports(), () => context.getRemainingTimeInMillis()) });
  });

export const handler = admitJobStep(awsPorts);
