import { jobKeys } from '../../core/jobs/job.ts';
import { logText } from '../../core/jobs/log.ts';
import type { Storage } from '../../core/ports.ts';
import type { RunLog } from '../../core/run/run-log.ts';
import { MediaType } from '../../core/shared/uris.ts';

/**
 * Writes the log of a job to the bucket, whole each time as it is small, and only where something was said since the last
 * time. Best effort: what cannot be written now is written with the next lines.
 */
export function jobLogWriter(
  jobID: string,
  log: RunLog,
  storage: Pick<Storage, 'put'>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let written = log.changes;
  let before = Promise.resolve();
  const write = async () => {
    const { changes, entries } = log;
    if (changes === written) return;
    try {
      await storage.put(jobKeys.log(jobID), logText(entries), MediaType.json);
      written = changes;
    } catch (error) {
      failed(error);
    }
  };
  // One after the other, so that an older log never comes after a newer one.
  return () => {
    before = before.then(write);
    return before;
  };
}
