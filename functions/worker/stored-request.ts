import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { jobKeys } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { parseExact } from '../../core/shared/exact-json.ts';

/** The execute request of a job. */
export async function storedRequest(
  jobID: string,
  storage: Pick<Ports['storage'], 'get'>,
): Promise<ExecuteRequest> {
  const stored = await storage.get(jobKeys.request(jobID));
  if (!stored) throw new Error(`The execute request of job ${jobID} is missing`);
  return parseExact(new TextDecoder().decode(stored.body)) as ExecuteRequest;
}
