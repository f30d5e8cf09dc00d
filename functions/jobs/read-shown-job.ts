import { type Job, jobKeys } from '../../core/jobs/job.ts';
import { jobLog } from '../../core/jobs/log.ts';
import type { Ports, Storage } from '../../core/ports.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import type { ShownJob } from '../html/shown-job.ts';
import { logger } from '../observe/logger.ts';
import { readInputSources } from './input-sources.ts';
import { jobEntries } from './job-results.ts';
import { readJobLog } from './read-job-log.ts';

/** Bytes of a request that a page shows; a larger one is given again. */
const MOST_SHOWN = 1024 * 1024;

/** What the page of a job has besides its status: what went in, what came out, and what it said. */
export async function readShownJob(
  job: Job,
  ports: Pick<Ports, 'jobs' | 'storage'>,
  baseUrl: string,
): Promise<ShownJob> {
  const { storage } = ports;
  const [inputs, results, said] = await Promise.all([
    readInputs(job.jobID, storage),
    job.status === 'successful' ? readResults(job, storage) : [],
    readJobLog(job, storage),
  ]);
  const sources =
    inputs && job.status === 'successful' ? await readInputSources(job, inputs, baseUrl, ports) : {};
  const formats = job.request.outputs.flatMap(({ id, mediaType }) =>
    mediaType === undefined ? [] : [[id, mediaType] as const],
  );
  return {
    ...(inputs === undefined ? {} : { inputs }),
    sources,
    formats: Object.fromEntries(formats),
    results,
    log: jobLog(job, said, baseUrl).logs,
  };
}

/** What came out; the page is worth showing without it, and why it cannot be read is for the log. */
async function readResults(job: Job, storage: Storage): Promise<ShownJob['results']> {
  try {
    return await jobEntries(job, storage);
  } catch (error) {
    logger.warn('Job:ResultsNotShown', { jobID: job.jobID, error });
    return [];
  }
}

async function readInputs(
  jobID: string,
  storage: Storage,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const stored = await storage.get(jobKeys.request(jobID));
  if (!stored || stored.body.length > MOST_SHOWN) return undefined;
  const { inputs } = parseExact(new TextDecoder().decode(stored.body), true) as {
    inputs: Record<string, unknown>;
  };
  return inputs;
}
