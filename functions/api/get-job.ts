import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { ownJob } from '../jobs/own-job.ts';

/** GET /jobs/{jobID}: the status of a job of the client (/req/core/job-success). */
export async function getJob(request: ApiRequest, { jobs }: Pick<Ports, 'jobs'>): Promise<ApiResponse> {
  const job = await ownJob(request, jobs);
  return { status: 200, resource: statusInfo(job, request.baseUrl) };
}

export const handler = createHandler(operations.getJob, getJob, awsPorts);
