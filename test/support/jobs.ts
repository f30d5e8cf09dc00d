import { randomUUID } from 'node:crypto';
import type { Job } from '../../core/jobs/job.ts';

/** Seconds from now until which the jobs of the tests are kept. */
const KEPT_SECONDS = 3600;

/** A job as an execute request makes it, with what a test wants otherwise. */
export function exampleJob(members: Partial<Job> = {}): Job {
  const created = members.created ?? '2026-01-31T12:00:00.000Z';
  return {
    jobID: randomUUID(),
    owner: 'owner',
    processID: 'echo',
    status: 'accepted',
    created,
    updated: created,
    message: 'Accepted',
    request: {
      processID: 'echo',
      dialect: '2.0',
      outputs: [{ id: 'message' }],
      outputsNamed: false,
      response: 'raw',
    },
    baseUrl: 'https://example.org/v1',
    expires: Math.floor(Date.now() / 1000) + KEPT_SECONDS,
    ...members,
  };
}
