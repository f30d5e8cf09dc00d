import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { failureOf } from '../../core/jobs/failures.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * Makes a job and starts it: request, record, execution, in this order, so that the record exists when the client
 * hears of it and the request when the worker asks for it. If the start fails the job fails: none stays accepted.
 */
export async function startJob(
  { baseUrl, owner }: ApiRequest,
  process: ProcessDeclaration,
  parsed: ExecuteRequest,
  { jobs, storage, workflow, clock, settings }: Ports,
): Promise<Job> {
  const jobID = clock.newID();
  const now = clock.now();
  const { inputs: _, ...request } = parsed;
  const job: Job = {
    jobID,
    owner,
    processID: process.id,
    status: 'accepted',
    created: now.toISOString(),
    updated: now.toISOString(),
    message: 'Accepted',
    request,
    baseUrl,
    ...(parsed.subscriber ? { notifications: {} } : {}),
    expires: Math.floor(now.getTime() / 1000) + settings.retentionDays * SECONDS_PER_DAY,
  };
  await storage.put(jobKeys.request(jobID), JSON.stringify(parsed), 'application/json');
  await jobs.create(job);
  try {
    await workflow.start(jobID, process.computeClass, parsed.subscriber !== undefined);
  } catch (error) {
    const exception = failureOf('throttled');
    const at = clock.now().toISOString();
    await jobs.change(jobID, { to: 'failed', at, message: exception.detail ?? exception.title, exception });
    throw error;
  }
  return job;
}
