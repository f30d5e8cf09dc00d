import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { problemFromFailure } from '../../core/jobs/failures.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { Refusal } from '../../core/shared/errors.ts';
import { SECONDS_PER_DAY } from '../../core/shared/units.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { logger } from '../observe/logger.ts';
import { refuseWhileStopped } from '../usage/refuse-while-stopped.ts';
import type { Execution } from './execution.ts';
import { findClaimedJob } from './find-claimed-job.ts';

export interface StartedJob {
  readonly job: Job;
  /** True where an earlier request with the same key has made the job. */
  readonly isRepeat: boolean;
}

/**
 * Makes a job and starts it: record, request, execution, in this order, so that no object is without a record, and both
 * exist when the client hears of the job and its worker asks for them. If one of them fails the job fails, unless its
 * execution turns out to have been started: none stays accepted. Where that cannot be recorded either, or this function dies in between, the sweep finds the job and fails it.
 * A request that comes again with its `Idempotency-Key` gets the job of the first, and does what that has left undone: for it
 * the job stays accepted, and is failed by the sweep where no request comes.
 * @throws Refusal with the status 503 where the job was not started; ExecutionsStopped where it is none that an earlier request has made; QuotaExceeded
 */
export async function startJob(
  { request, process, parsed, claim }: Omit<Execution, 'preferences'>,
  ports: Ports,
): Promise<StartedJob> {
  const { storage, workflow } = ports;
  const { jobID, isShared, isRepeat, job: known } = await findClaimedJob(request, process, ports);
  if (known && known.status !== 'accepted') return { job: known, isRepeat };
  if (!known) await refuseWhileStopped(ports);
  // What an earlier request has left undone is not begun now either; that it was asked for is still told.
  else if ((await ports.executionSwitch.stopped()) !== undefined) return { job: known, isRepeat };
  // Of a job that is known the first request has counted.
  const [isAbove, isLine] = await Promise.all([
    known ? false : claim.begin('job', jobID),
    isAnybodyWaiting(process, ports),
  ]);
  const made = makeJob(jobID, request, parsed, ports);
  const job = known ?? (await createOnce(made, ports.jobs));
  try {
    if (job === made || !(await storage.describe(jobKeys.request(jobID))))
      await storage.put(jobKeys.request(jobID), JSON.stringify(parsed), MediaType.json);
    await workflow.start(
      jobID,
      process.computeClass,
      job.request.subscriber !== undefined,
      isAbove || isLine,
    );
  } catch (cause) {
    if (await isStarted(jobID, workflow)) return { job, isRepeat };
    // Another request with its key may be starting it in this moment, and tell its client that it has.
    if (isShared) logger.warn('Job:LeftToRepetition', { jobID, error: cause });
    else {
      await failUnstarted(job, ports);
      await claim.giveUp();
    }
    throw notStarted(cause);
  }
  return { job, isRepeat };
}

/** Whether jobs wait in the line of the class, which nobody overtakes. Where that is not known, the worker says it. */
async function isAnybodyWaiting(
  { computeClass }: ProcessDeclaration,
  { jobs, settings }: Ports,
): Promise<boolean> {
  if (!settings.waits) return false;
  try {
    return (await jobs.line(computeClass, 1)).length > 0;
  } catch (error) {
    logger.warn('Line:NotRead', { computeClass, error });
    return false;
  }
}

function makeJob(
  jobID: string,
  { baseUrl, owner }: ApiRequest,
  { inputs: _, ...request }: ExecuteRequest,
  { clock, settings }: Ports,
): Job {
  const now = clock.now();
  return {
    jobID,
    owner,
    processID: request.processID,
    status: 'accepted',
    created: now.toISOString(),
    updated: now.toISOString(),
    message: 'Accepted',
    request,
    baseUrl,
    ...(request.subscriber ? { notifications: {} } : {}),
    expires: Math.floor(now.getTime() / 1000) + settings.retentionDays * SECONDS_PER_DAY,
  };
}

/** Stores the job, unless another request with the same key has stored it in this moment. @returns what is stored */
async function createOnce(job: Job, jobs: Ports['jobs']): Promise<Job> {
  try {
    await jobs.create(job);
    return job;
  } catch (error) {
    const other = await jobs.get(job.jobID);
    if (other === undefined || other === 'removed') throw error;
    return other;
  }
}

/** Whether the execution was started although the answer to that was lost; not where that cannot be found out either. */
async function isStarted(jobID: string, workflow: Ports['workflow']): Promise<boolean> {
  try {
    return (await workflow.describe(jobID)) !== undefined;
  } catch (error) {
    logger.error('Job:StartUnknown', { jobID, error });
    return false;
  }
}

function notStarted(cause: unknown): Refusal {
  const { status, type, detail = '' } = problemFromFailure('unstarted');
  return new Refusal(status, type, 'The job could not be started', {
    cause,
    detail,
    headers: { 'Retry-After': '5' },
  });
}

async function failUnstarted({ jobID }: Job, ports: Ports): Promise<void> {
  try {
    await failUnfinished(jobID, 'unstarted', ports);
  } catch (error) {
    logger.error('Job:LeftToSweep', { jobID, error });
  }
}
