import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { problemFromFailure } from '../../core/jobs/failures.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { Refusal } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { failUnfinished } from '../jobs/fail-unfinished.ts';
import { logger } from '../observe/logger.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * Makes a job and starts it: record, request, execution, in this order, so that no object is without a record, and both
 * exist when the client hears of the job and its worker asks for them. If one of them fails the job fails: none stays
 * accepted. Where that cannot be recorded either, or this function dies in between, the sweep finds the job and fails it.
 * @throws Refusal with the status 503 where the job was not started
 */
export async function startJob(
  { baseUrl, owner }: ApiRequest,
  process: ProcessDeclaration,
  parsed: ExecuteRequest,
  ports: Ports,
): Promise<Job> {
  const { jobs, storage, workflow, clock, settings } = ports;
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
  await jobs.create(job);
  try {
    await storage.put(jobKeys.request(jobID), JSON.stringify(parsed), MediaType.json);
    await workflow.start(jobID, process.computeClass, parsed.subscriber !== undefined);
  } catch (cause) {
    await failUnstarted(job, ports);
    throw notStarted(cause);
  }
  return job;
}

function notStarted(cause: unknown): Refusal {
  const { status, type, detail = '' } = problemFromFailure('unstarted');
  return new Refusal(status, type, 'The job could not be started', {
    cause,
    detail,
    headers: { 'Retry-After': '5' },
  });
}

async function failUnstarted({ jobID }: Job, ports: Ports): Promise<void> {
  try {
    await failUnfinished(jobID, 'unstarted', ports);
  } catch (error) {
    logger.error('Job:LeftToSweep', { jobID, error });
  }
}
