import type { Job } from '../../core/jobs/job.ts';

/** A job as one that has ended long ago; the higher its number the newer. */
export function storedJob(number: number, owner: string): Job {
  const created = new Date(1_700_000_000_000 + number * 1000).toISOString();
  return {
    jobID: `job-${number}`,
    owner,
    processID: 'echo',
    status: 'successful',
    created,
    started: created,
    finished: created,
    updated: created,
    message: 'Successful',
    progress: 100,
    request: { processID: 'echo', dialect: '2.0', outputs: [], outputsNamed: false, response: 'raw' },
    baseUrl: 'https://example.org/v1',
    expires: 4_000_000_000,
  };
}
