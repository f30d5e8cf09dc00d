import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { statusInfo } from '../../../core/jobs/status-info.ts';
import type { Ports } from '../../../core/ports.ts';
import { ownJob } from '../../shared/own-job.ts';

/** GET /jobs/{jobID}: the status of a job of the client (/req/core/job-success). */
export async function getJob(request: ApiRequest, { jobs }: Pick<Ports, 'jobs'>): Promise<ApiResponse> {
  const job = await ownJob(request, jobs);
  return { status: 200, resource: statusInfo(job, request.baseUrl) };
}
