import type { Job, Waiting } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { jobMembers } from '../observe/job-members.ts';
import { observeStep } from '../observe/observe-step.ts';

type WaitPorts = Pick<Ports, 'jobs' | 'line' | 'clock'>;

/** What the workflow says of a job that found no worker, or was not to try. */
export interface WaitEvent extends Waiting {
  readonly jobID: string;
}

/** The ticket comes up when the index has the job. */
const INDEX_SECONDS = 1;

/** The job has ended while its workflow went on, which is to end too. */
class JobEnded extends Error {
  override readonly name = 'JobEnded';
}

/**
 * Puts a job into the line of its class: notes with which token its workflow goes on, and brings its ticket into the queue. Both may be
 * done again. @returns the job as it waits. @throws JobEnded
 */
export async function waitForTurn(
  { jobID, computeClass, token }: WaitEvent,
  { jobs, line, clock }: WaitPorts,
): Promise<Job> {
  const job = await jobs.wait(jobID, { computeClass, token }, clock.now().toISOString());
  if (!job) throw new JobEnded(`${jobID} has ended`);
  await line.enter({ computeClass, owner: job.owner, jobID }, INDEX_SECONDS);
  return job;
}

/** @param ports made in the invocation, as their clients are */
export const waitForTurnStep = (ports: () => WaitPorts) =>
  observeStep('WaitForTurn', async (event: WaitEvent, note) => {
    const { jobID, computeClass } = event;
    note({ jobID, computeClass });
    note(jobMembers(await waitForTurn(event, ports())));
  });

export const handler = waitForTurnStep(awsPorts);
