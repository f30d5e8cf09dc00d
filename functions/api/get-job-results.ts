import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import type { ResultEntry } from '../../core/execution/manifest.ts';
import { parsePrefer } from '../../core/execution/preferences.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { InvalidQuery, ResultNotAvailable } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { orJobPage } from '../jobs/or-job-page.ts';
import { ownJob } from '../jobs/own-job.ts';
import { respondForJob } from '../jobs/respond-for-job.ts';

/** GET /jobs/{jobID}/results: shaped by the execute request; `outputs` narrows them (/req/core/job-results-param-outputs). */
export async function getJobResults(request: ApiRequest, ports: Ports): Promise<ApiResponse> {
  const job = await ownJob(request, ports.jobs);
  const wanted = wantedOutputs(request, job);
  const choose = (entries: readonly ResultEntry[]) =>
    wanted ? entries.filter(({ id }) => wanted.includes(id)) : entries;
  const preferences = parsePrefer(request.headers['prefer']);
  return orJobPage(request, job.jobID, respondForJob(request, job, preferences, ports, { choose }));
}

/** Outputs named in the query: unknown ones are an error of the query, unrequested ones are not available. */
function wantedOutputs({ query }: ApiRequest, { processID, request }: Job): string[] | undefined {
  const values = query['outputs'];
  if (!values) return undefined;
  const ids = values.flatMap((value) => value.split(',')).map((id) => id.trim());
  const known = Object.keys(processes.find(({ id }) => id === processID)?.outputs ?? {});
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const detail = (id: string) => `The process has no output "${id}". It has: ${known.join(', ')}.`;
    throw new InvalidQuery(unknown.map((id) => ({ pointer: '?outputs', detail: detail(id) })));
  }
  const unrequested = ids.filter((id) => !request.outputs.some((output) => output.id === id));
  if (unrequested.length > 0)
    throw new ResultNotAvailable(`These outputs were not requested for this job: ${unrequested.join(', ')}.`);
  return ids;
}

export const handler = createHandler(operations.getJobResults, getJobResults, awsPorts);
