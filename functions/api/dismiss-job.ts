import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { type DismissPorts, dismiss } from '../jobs/dismiss.ts';

/** DELETE /jobs/{jobID} (/req/dismiss/job-dismiss-status). */
export async function dismissJob(request: ApiRequest, ports: DismissPorts): Promise<ApiResponse> {
  return { status: 200, resource: await dismiss(request, ports) };
}

export const handler = createHandler(operations.dismissJob, dismissJob, awsPorts);
