import type { ApiRequest } from '../../core/api/http.ts';
import { isProfiled } from '../../core/api/profiles.ts';
import type { ResultEntry } from '../../core/execution/manifest.ts';
import type { Preferences } from '../../core/execution/preferences.ts';
import { respondWithResults } from '../../core/execution/results.ts';
import { problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { ResultNotAvailable, ResultNotReady, refusalFromProblem } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { withWarnings } from '../http/processing-warnings.ts';
import { jobEntries, jobPresentation } from './job-results.ts';

/**
 * The entries of a job that has results. @throws ResultNotReady while it runs, the job's own exception when it
 * failed (/req/core/job-results-failed), ResultNotAvailable when it was dismissed
 */
export async function readResultEntries(
  job: Job,
  ports: Pick<Ports, 'storage'>,
): Promise<readonly ResultEntry[]> {
  switch (job.status) {
    case 'accepted':
    case 'running':
      throw new ResultNotReady(job.jobID, job.status);
    case 'failed':
      throw refusalFromProblem(job.exception ?? problemFromFailure('crash'));
    case 'dismissed':
      throw new ResultNotAvailable(`The job "${job.jobID}" was dismissed.`);
    case 'successful':
      return jobEntries(job, ports.storage);
  }
}

interface Answering {
  /** The results that are asked for; all where it is absent. */
  readonly choose?: (entries: readonly ResultEntry[]) => readonly ResultEntry[];
  /** True for the answer to the execute request itself, which has no content where no output was asked for. */
  readonly toExecution?: boolean;
}

/** Answers with the results of a job as its execute request asked for them. */
export async function respondForJob(
  request: ApiRequest,
  job: Job,
  preferences: Preferences,
  ports: Pick<Ports, 'storage' | 'settings'>,
  { choose = (entries) => entries, toExecution = false }: Answering = {},
): Promise<ApiResponse> {
  const entries = choose(await readResultEntries(job, ports));
  const presentation = jobPresentation(job, request.baseUrl, ports, {
    method: request.method,
    accept: request.headers['accept'],
    preferences,
    profiled: isProfiled(request),
  });
  const response = await respondWithResults(entries, { ...presentation, ofJob: !toExecution });
  return withWarnings(response, job.warnings, `${request.baseUrl}/jobs/${job.jobID}/logs`);
}
