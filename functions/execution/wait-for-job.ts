import { setTimeout as sleep } from 'node:timers/promises';
import { mayRead } from '../../core/api/authorize.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecutionMode } from '../../core/execution/mode.ts';
import type { Preferences } from '../../core/execution/preferences.ts';
import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import { linkHeader } from '../../core/shared/link.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { Rel } from '../../core/shared/uris.ts';
import { preferenceApplied } from '../http/preference-applied.ts';
import { respondForJob } from '../jobs/respond-for-job.ts';
import type { StartedJob } from './start-job.ts';

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 1000;

/**
 * Answers for a job that was just made: 201 at once, or, when the client prefers to wait, its results if it ends
 * in time (/rec/core/process-execute-honor-prefer).
 */
export async function waitForJob(
  request: ApiRequest,
  started: StartedJob,
  asked: ExecutionMode,
  preferences: Preferences,
  ports: Ports,
): Promise<ApiResponse> {
  const { job } = started;
  const mode: ExecutionMode = mayAnswerResults(request, started) ? asked : { kind: 'async' };
  const wait = mode.kind === 'wait' ? mode.seconds : undefined;
  const latest = wait ? await poll(job, wait, ports) : job;
  // Whoever does not wait gets the job, also where it has ended: the request has come again with its key.
  if (mode.kind === 'wait' && isFinal(latest.status) && latest.status !== 'dismissed') {
    const response = await respondForJob(request, latest, preferences, ports, { toExecution: true });
    return preferenceApplied(monitored(response, job, request), { wait });
  }
  return createdJob(request, latest, preferences, wait);
}

/** Whether the results may be the answer: those of a job that an earlier request has made are read, which takes a scope. */
export const mayAnswerResults = ({ principal }: ApiRequest, { isRepeat }: StartedJob): boolean =>
  !isRepeat || mayRead(principal);

/** 201 with the job and its address (/req/core/process-execute-success-async). @param wait seconds that were waited */
export function createdJob(
  { baseUrl }: ApiRequest,
  job: Job,
  { respondAsync }: Preferences,
  wait: number | undefined,
): ApiResponse {
  const created: ApiResponse = {
    status: 201,
    headers: { Location: `${baseUrl}/jobs/${job.jobID}` },
    resource: statusInfo(job, baseUrl),
  };
  return preferenceApplied(created, { respondAsync, wait });
}

/** The response with a link to the job that was made for it (/req/core/job-results-success-sync). */
export function monitored(response: ApiResponse, { jobID }: Job, { baseUrl }: ApiRequest): ApiResponse {
  const link = linkHeader({ href: `${baseUrl}/jobs/${jobID}`, rel: Rel.monitor });
  const links = [response.headers?.['Link'] ?? [], link].flat();
  return { ...response, headers: { ...response.headers, Link: links } };
}

/** The job at its end, or as it is when the seconds are over. */
export async function poll(job: Job, seconds: number, { jobs, clock }: Ports): Promise<Job> {
  const end = clock.now().getTime() + seconds * 1000;
  let latest = job;
  for (
    let pause = FIRST_PAUSE_MILLISECONDS;
    !isFinal(latest.status);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)
  ) {
    const left = end - clock.now().getTime();
    if (left <= 0) break;
    await sleep(Math.min(pause, left));
    const read = await jobs.get(job.jobID);
    if (read === undefined || read === 'removed') break;
    latest = read;
  }
  return latest;
}
