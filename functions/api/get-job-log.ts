import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { jobLog } from '../../core/jobs/log.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { ownJob } from '../jobs/own-job.ts';
import { readJobLog } from '../jobs/read-job-log.ts';

/** GET /jobs/{jobID}/logs: what a job of the client says, also while it runs (link of /rec/core/job-links). */
export async function getJobLog(
  request: ApiRequest,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const job = await ownJob(request, jobs);
  return { status: 200, resource: jobLog(job, await readJobLog(job, storage), request.baseUrl) };
}

export const handler = createHandler(operations.getJobLog, getJobLog, awsPorts);
