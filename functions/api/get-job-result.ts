import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { parsePrefer } from '../../core/execution/preferences.ts';
import { bare } from '../../core/execution/results.ts';
import type { Ports } from '../../core/ports.ts';
import { NoSuchOutput, ResultNotAvailable } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { withWarnings } from '../http/processing-warnings.ts';
import { jobPresentation } from '../jobs/job-results.ts';
import { orJobPage } from '../jobs/or-job-page.ts';
import { ownJob } from '../jobs/own-job.ts';
import { readResultEntries } from '../jobs/respond-for-job.ts';

/** GET /jobs/{jobID}/results/{outputID}: the bare value of one output (/req/core/job-result-op). */
export async function getJobResult(request: ApiRequest, ports: Ports): Promise<ApiResponse> {
  const job = await ownJob(request, ports.jobs);
  const outputID = request.pathParameters['outputID'] ?? '';
  const known = Object.keys(processes.find(({ id }) => id === job.processID)?.outputs ?? {});
  if (!known.includes(outputID)) throw new NoSuchOutput(outputID, known);
  const entries = await readResultEntries(job, ports);
  const entry = entries.find(({ id }) => id === outputID);
  if (!entry) throw new ResultNotAvailable(`The output "${outputID}" was not requested for this job.`);
  const preferences = parsePrefer(request.headers['prefer']);
  const presentation = jobPresentation(job, request.baseUrl, ports, {
    method: request.method,
    accept: request.headers['accept'],
    preferences,
    profiled: false,
  });
  const response = await orJobPage(request, job.jobID, bare(entry, presentation));
  return withWarnings(response, job.warnings, `${request.baseUrl}/jobs/${job.jobID}/logs`);
}

export const handler = createHandler(operations.getJobResult, getJobResult, awsPorts);
