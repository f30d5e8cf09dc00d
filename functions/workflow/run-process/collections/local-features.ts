import type { Feature } from 'geojson';
import { collectionKey } from '../../../../core/collections/collection.ts';
import { InvalidInput, Refusal } from '../../../../core/errors.ts';
import type { Ports } from '../../../../core/ports.ts';
import { entryFeatures } from '../../../shared/entry-features.ts';
import { jobEntries } from '../../../shared/job-results.ts';
import type { Client } from '../open-input.ts';
import type { CollectionRequest } from './open-collection.ts';

/** Features of a collection of this service, for the owner of its job only. @throws InvalidInput at the input */
export async function* localFeatures(
  address: string,
  { pointer }: CollectionRequest,
  { owner, baseUrl }: Client,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): AsyncGenerator<readonly Feature[]> {
  const id = decodeURIComponent(address.slice(`${baseUrl}/collections/`.length));
  const key = collectionKey(id);
  const job = key && (await jobs.get(key.jobID));
  const missing = new InvalidInput(
    `${pointer}/collection`,
    `There is no collection "${id}" of yours. GET /collections lists those that there are.`,
  );
  if (!job || job === 'removed' || job.owner !== owner || job.status !== 'successful') throw missing;
  try {
    const entry = (await jobEntries(job, storage)).find((candidate) => candidate.id === key.outputID);
    const features = entry && (await entryFeatures(entry, storage));
    if (!features) throw missing;
    yield features;
  } catch (error) {
    throw error instanceof Refusal && error.status === 404 ? missing : error;
  }
}
