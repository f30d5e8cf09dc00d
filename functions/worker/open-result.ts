import { entryBytes, type ResultEntry } from '../../core/execution/manifest.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { ResultAddress } from '../../core/jobs/result-href.ts';
import type { Ports } from '../../core/ports.ts';
import type { Source } from '../../core/run/context.ts';
import { InvalidInput, ResultNotAvailable } from '../../core/shared/errors.ts';
import { jobEntries } from '../jobs/job-results.ts';
import { inlineSource, type StoredOptions, storedSource } from './stored-source.ts';

/**
 * Opens the result of a job of the client as an input, straight from the bucket. The jobs of others are as if they were
 * not there. @throws InvalidInput at the input where there is no such result, or not yet
 */
export async function openResult(
  href: string,
  { jobID, outputID }: ResultAddress,
  options: StoredOptions,
  owner: string,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): Promise<Source> {
  const refuse = (reason: string) => new InvalidInput(options.pointer, `"${href}" ${reason}`);
  const job = await jobs.get(jobID);
  if (job === undefined || job === 'removed' || job.owner !== owner)
    throw refuse('is not one of your results: there is no such job, or it has expired.');
  if (job.status !== 'successful') throw refuse(unfinished(job));
  const entries = await jobEntries(job, storage).catch((error) => {
    throw error instanceof ResultNotAvailable ? refuse('has been deleted.') : error;
  });
  const [only, another] = entries;
  if (outputID === undefined && (!only || another))
    throw refuse(`does not name an output. Add one of these: ${listNames(entries)}.`);
  const entry = outputID === undefined ? only : entries.find(({ id }) => id === outputID);
  if (!entry) throw refuse(`is not an output of that job. It has: ${listNames(entries)}.`);
  const known = { ...options, mediaType: options.mediaType ?? entry.mediaType };
  if (entry.key === undefined) return inlineSource(entryBytes(entry), href, 'result', known);
  const source = await storedSource(entry.key, href, 'result', known, storage);
  if (!source) throw refuse('has been deleted.');
  return source;
}

function unfinished({ status }: Job): string {
  switch (status) {
    case 'failed':
      return 'belongs to a job that failed: it has no results.';
    case 'dismissed':
      return 'belongs to a job that was dismissed: it has no results.';
    default:
      return `belongs to a job that is ${status}. Wait until it is successful.`;
  }
}

const listNames = (entries: readonly ResultEntry[]): string =>
  entries.map(({ id }) => id).join(', ') || 'none';
