import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { chosenRepresentation } from '../http/represent.ts';
import { ownJob } from '../jobs/own-job.ts';
import { withPlace } from '../jobs/place-in-line.ts';

/**
 * GET /jobs/{jobID}: the status of a job of the client (/req/core/job-success), with its place where it waits for its turn. Its page has also what went in, what came
 * out and what was said, which are read for it alone.
 */
export async function getJob(
  request: ApiRequest,
  { jobs, storage, clock }: Pick<Ports, 'jobs' | 'storage' | 'clock'>,
): Promise<ApiResponse> {
  const job = await withPlace(await ownJob(request, jobs), { jobs, clock });
  const answer = { status: 200, resource: statusInfo(job, request.baseUrl) };
  if (chosenRepresentation(request) !== MediaType.html) return answer;
  const { readShownJob } = await import('../jobs/read-shown-job.ts');
  return { ...answer, shown: await readShownJob(job, { jobs, storage }, request.baseUrl) };
}

export const handler = createHandler(operations.getJob, getJob, awsPorts);
