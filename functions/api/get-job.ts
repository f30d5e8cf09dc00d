import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import type { Job } from '../../core/jobs/job.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import { describePlace, PLACE_LIMIT } from '../../core/jobs/waiting-line.ts';
import type { JobStore, Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { chosenRepresentation } from '../http/represent.ts';
import { ownJob } from '../jobs/own-job.ts';
import { logger } from '../observe/logger.ts';

/**
 * GET /jobs/{jobID}: the status of a job of the client (/req/core/job-success), with its place where it waits for its turn. Its page has also what went in, what came
 * out and what was said, which are read for it alone.
 */
export async function getJob(
  request: ApiRequest,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const job = await withPlace(await ownJob(request, jobs), jobs);
  const answer = { status: 200, resource: statusInfo(job, request.baseUrl) };
  if (chosenRepresentation(request) !== MediaType.html) return answer;
  const { readShownJob } = await import('../jobs/shown-job.ts');
  return { ...answer, shown: await readShownJob(job, storage, request.baseUrl) };
}

/** The job with its place in the line as its message, where it waits; as it is where that cannot be read. */
async function withPlace(job: Job, jobs: Pick<JobStore, 'line'>): Promise<Job> {
  if (!job.waiting) return job;
  try {
    const line = await jobs.line(job.waiting.computeClass, PLACE_LIMIT);
    return { ...job, message: describePlace(line, job) };
  } catch (error) {
    logger.warn('Line:NotRead', { jobID: job.jobID, error });
    return job;
  }
}

export const handler = createHandler(operations.getJob, getJob, awsPorts);
