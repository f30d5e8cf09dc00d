import { readOccurrences } from '../../core/execution/input-values.ts';
import type { Job } from '../../core/jobs/job.ts';
import { type ResultAddress, resultIn } from '../../core/jobs/result-href.ts';
import type { Ports } from '../../core/ports.ts';
import { findExtension } from '../../core/shared/formats.ts';
import { uploadIn, uploadKey } from '../../core/uploads/upload.ts';
import { processes } from '../../processes/index.ts';
import type { InputSource } from '../html/shown-job.ts';
import { logger } from '../observe/logger.ts';
import { jobEntries } from './job-results.ts';

/** Sources that a page shows of an input that takes several. */
const MOST = 10;

type Needs = Pick<Ports, 'jobs' | 'storage'>;

/**
 * The layers and rasters that went into a job by an address of the service itself, uploads and results of the job's owner, by the
 * input: where a page may read each of them. What lies elsewhere is kept from the pages by their policy, and is left out, as is
 * what has expired.
 */
export async function readInputSources(
  job: Pick<Job, 'processID' | 'owner' | 'jobID'>,
  inputs: Readonly<Record<string, unknown>>,
  baseUrl: string,
  ports: Needs,
): Promise<Readonly<Record<string, readonly InputSource[]>>> {
  const declared = processes.find(({ id }) => id === job.processID)?.inputs ?? {};
  const found = Object.entries(declared).map(async ([id, input]) => {
    if (input.source === undefined || inputs[id] === undefined || inputs[id] === null) return [];
    const values = readOccurrences(input, inputs[id], `/inputs/${id}`).slice(0, MOST);
    const sources = await Promise.all(
      values.map(async (value) =>
        value.kind === 'reference' ? await find(value, job.owner, baseUrl, ports) : undefined,
      ),
    );
    const known = sources.filter((source) => source !== undefined);
    return known.length > 0 ? [[id, known] as const] : [];
  });
  try {
    return Object.fromEntries((await Promise.all(found)).flat());
  } catch (error) {
    // The page is worth showing without them.
    logger.warn('Job:InputsNotShown', { jobID: job.jobID, error });
    return {};
  }
}

interface Reference {
  readonly href: string;
  readonly mediaType?: string;
}

async function find(
  { href, mediaType }: Reference,
  owner: string,
  baseUrl: string,
  ports: Needs,
): Promise<InputSource | undefined> {
  const upload = uploadIn(href, baseUrl);
  if (upload !== undefined) return findUpload({ href, mediaType }, uploadKey(owner, upload), ports);
  const result = resultIn(href, baseUrl);
  return result && findResult(href, result, owner, baseUrl, ports);
}

async function findUpload(
  { href, mediaType }: { readonly href: string; readonly mediaType: string | undefined },
  key: string,
  { storage }: Needs,
): Promise<InputSource | undefined> {
  const known = await storage.describe(key);
  if (!known) return undefined;
  const type = mediaType ?? known.mediaType;
  const readAt = await storage.presign(key, `upload${findExtension(type)}`);
  return { href, readAt, mediaType: type, size: known.size };
}

async function findResult(
  href: string,
  { jobID, outputID }: ResultAddress,
  owner: string,
  baseUrl: string,
  { jobs, storage }: Needs,
): Promise<InputSource | undefined> {
  const job = await jobs.get(jobID);
  if (job === undefined || job === 'removed' || job.owner !== owner || job.status !== 'successful')
    return undefined;
  const entries = await jobEntries(job, storage);
  const entry = outputID === undefined ? entries[0] : entries.find(({ id }) => id === outputID);
  if (!entry) return undefined;
  const readAt = `${baseUrl}/jobs/${jobID}/results/${encodeURIComponent(entry.id)}`;
  return { href, readAt, mediaType: entry.mediaType, size: entry.size };
}
