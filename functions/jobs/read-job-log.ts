import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { StoredLog } from '../../core/jobs/log.ts';
import type { Storage } from '../../core/ports.ts';
import type { LogEntry } from '../../core/run/run-log.ts';

/** The lines that the worker of a job has written; a job that said nothing has none. */
export async function readJobLog({ jobID }: Job, storage: Storage): Promise<readonly LogEntry[]> {
  const stored = await storage.get(jobKeys.log(jobID));
  if (!stored) return [];
  return (JSON.parse(new TextDecoder().decode(stored.body)) as StoredLog).logs;
}
