import { maySee } from '../../core/api/authorization.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { isJobID, type Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import { type StatusInfo, statusInfo } from '../../core/jobs/status-info.ts';
import { lastWrite } from '../../core/jobs/sweeping.ts';
import type { JobStore, Ports } from '../../core/ports.ts';
import { JobGone, NoSuchJob } from '../../core/shared/errors.ts';
import { Rel } from '../../core/shared/uris.ts';
import { meterEnd } from '../observe/job-metrics.ts';
import { logger } from '../observe/logger.ts';
import { ownJob } from './own-job.ts';
import { removeLeftovers } from './remove-leftovers.ts';

export type DismissPorts = Pick<Ports, 'jobs' | 'storage' | 'workflow' | 'clock'>;

/**
 * Cancels a job that is not at its end, which can then still be read; removes one that is, with all of its data.
 * @param mayRemove false for who only wants to cancel: then a job that is at its end stays as it is
 * @returns the last status of the job; of one that is removed it links to the list alone
 */
export async function dismiss(
  request: ApiRequest,
  ports: DismissPorts,
  mayRemove = true,
): Promise<StatusInfo> {
  const job = await dismissable(request, ports.jobs);
  const ended = isFinal(job.status) ? job : await cancel(job, request, ports);
  if (ended.status === 'dismissed' && ended !== job) return statusInfo(ended, request.baseUrl);
  return mayRemove ? remove(ended, request, ports) : statusInfo(ended, request.baseUrl);
}

/** @throws JobGone for what the client has removed before, NoSuchJob for everything else that is not there */
async function dismissable(request: ApiRequest, jobs: JobStore): Promise<Job> {
  try {
    return await ownJob(request, jobs);
  } catch (error) {
    const jobID = request.pathParameters['jobID'] ?? '';
    if (!(error instanceof NoSuchJob) || !isJobID(jobID)) throw error;
    const owner = await jobs.ownerOfRemoved(jobID);
    const knew = owner !== undefined && request.principal && maySee(request.principal, owner);
    throw knew ? new JobGone(jobID) : error;
  }
}

/**
 * First the status, in one conditional write: from then on no worker can end the job otherwise. Then the execution,
 * which does not stop a worker that runs; that one stops when it next reports progress. If it dies before it has deleted
 * what it wrote, the sweep does that.
 *
 * @returns the job, dismissed, or as it has ended in this moment: by itself or by another dismissal
 */
async function cancel({ jobID }: Job, request: ApiRequest, ports: DismissPorts): Promise<Job> {
  const { jobs, workflow, clock } = ports;
  const at = clock.now().toISOString();
  const dismissed = await jobs.change(jobID, { to: 'dismissed', at, message: 'Dismissed', staysDue: true });
  if (!dismissed) return dismissable(request, jobs);
  meterEnd(dismissed);
  await stop(jobID, workflow);
  return dismissed;
}

/** The job is dismissed already, whether or not this works: its worker finds out by itself. */
async function stop(jobID: string, workflow: Ports['workflow']): Promise<void> {
  try {
    await workflow.stop(jobID);
  } catch (error) {
    logger.warn('Dismiss:StopFailed', { jobID, error });
  }
}

/**
 * First the job, in one conditional write, so that none is left whose results are gone; then its data. What cannot be deleted
 * now, or is written by a worker that does not know yet, is deleted by the sweep.
 */
async function remove(
  job: Job,
  { baseUrl }: ApiRequest,
  { jobs, storage, clock }: DismissPorts,
): Promise<StatusInfo> {
  const { jobID } = job;
  const removed = clock.now().toISOString();
  await jobs.remove(jobID, lastWrite(removed));
  try {
    await removeLeftovers(jobID, 'removed', storage);
  } catch (error) {
    logger.warn('Dismiss:LeftToSweep', { jobID, error });
  }
  const { exception: _, ...rest } = job;
  const last = statusInfo(
    {
      ...rest,
      status: 'dismissed',
      updated: removed,
      message: 'Dismissed and deleted with its data',
    },
    baseUrl,
  );
  return { ...last, links: last.links.filter(({ rel }) => rel === Rel.up) };
}
