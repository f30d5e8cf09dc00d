import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import { jobLog, type StoredLog } from '../../core/jobs/log.ts';
import type { Ports } from '../../core/ports.ts';
import type { LogEntry } from '../../core/run/run-log.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { ownJob } from '../jobs/own-job.ts';

/** GET /jobs/{jobID}/logs: what a job of the client says, also while it runs (link of /rec/core/job-links). */
export async function getJobLog(
  request: ApiRequest,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const job = await ownJob(request, jobs);
  return { status: 200, resource: jobLog(job, await saidBy(job, storage), request.baseUrl) };
}

/** The lines that its worker has written; a job that said nothing has none. */
async function saidBy({ jobID }: Job, storage: Ports['storage']): Promise<readonly LogEntry[]> {
  const stored = await storage.get(jobKeys.log(jobID));
  if (!stored) return [];
  return (JSON.parse(new TextDecoder().decode(stored.body)) as StoredLog).logs;
}

export const handler = createHandler(operations.getJobLog, getJobLog, awsPorts);
