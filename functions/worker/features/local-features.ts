import type { Feature } from 'geojson';
import type { Client } from '../../../core/execution/worker-task.ts';
import { collectionKey } from '../../../core/features/collection.ts';
import type { Ports } from '../../../core/ports.ts';
import { InvalidInput, Refusal } from '../../../core/shared/errors.ts';
import { entryFeatures } from '../../features/entry-features.ts';
import { jobEntries } from '../../jobs/job-results.ts';
import type { CollectionRequest } from './open-collection.ts';

/** Features of a collection of this service, for the owner of its job only. @throws InvalidInput at the input */
export async function* localFeatures(
  address: string,
  { pointer }: CollectionRequest,
  { owner, baseUrl }: Client,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): AsyncGenerator<readonly Feature[]> {
  const id = decoded(address.slice(`${baseUrl}/collections/`.length));
  const key = collectionKey(id);
  const job = key && (await jobs.get(key.jobID));
  const missing = new InvalidInput(
    `${pointer}/collection`,
    `You have no collection "${id}". GET /collections lists your collections.`,
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

/** As it is where it is not well encoded: then it is no id of anything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
