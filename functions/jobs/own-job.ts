import { isAdmin, maySee, type Principal } from '../../core/api/authorization.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { everyone, isJobID, type Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/ports.ts';
import { NoSuchJob } from '../../core/shared/errors.ts';

/** The job that the path names, if the client owns it or may see all; anybody else's jobs do not exist for them. */
export async function ownJob(
  { pathParameters, principal }: ApiRequest,
  jobs: Pick<JobStore, 'get'>,
): Promise<Job> {
  const jobID = pathParameters['jobID'] ?? '';
  const job = isJobID(jobID) ? await jobs.get(jobID) : undefined;
  if (job === undefined || job === 'removed' || !principal || !maySee(principal, job.owner))
    throw new NoSuchJob(jobID);
  return job;
}

/** Whose jobs a client sees in a list: its own, or those of all. */
export const listedOwner = (owner: string, principal: Principal | undefined): string | typeof everyone =>
  principal && isAdmin(principal) ? everyone : owner;
