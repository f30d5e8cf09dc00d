import type { Feature } from 'geojson';
import type { ResultEntry } from '../../../core/execution/manifest.ts';
import type { Client } from '../../../core/execution/worker-task.ts';
import { collectionKey } from '../../../core/features/collection.ts';
import type { Ports } from '../../../core/ports.ts';
import { decodedUri } from '../../../core/shared/decoded-uri.ts';
import { InvalidInput, Refusal } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { entryFeatures } from '../../features/entry-features.ts';
import { jobEntries } from '../../jobs/job-results.ts';
import type { CollectionRequest } from './open-collection.ts';

/** Features of a collection of this service, for the owner of its job only. @throws InvalidInput at the input */
export async function* localFeatures(
  address: string,
  { pointer }: Pick<CollectionRequest, 'pointer'>,
  client: Owner,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): AsyncGenerator<readonly Feature[]> {
  const entry = await findLocalEntry(address, { pointer }, client, ports);
  const features = await entryFeatures(entry, ports.storage);
  if (!features) throw missing(address, pointer, client);
  yield features;
}

type Owner = Pick<Client, 'baseUrl' | 'owner'>;

/** The result that a collection of this service is made of. @throws InvalidInput at the input, where the client has none */
export async function findLocalEntry(
  address: string,
  { pointer }: Pick<CollectionRequest, 'pointer'>,
  client: Owner,
  { jobs, storage }: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ResultEntry> {
  const refusal = missing(address, pointer, client);
  const key = collectionKey(idIn(address, client));
  const job = key && (await jobs.get(key.jobID));
  if (!job || job === 'removed' || job.owner !== client.owner || job.status !== 'successful') throw refusal;
  const entries = await jobEntries(job, storage).catch((error: unknown) => {
    throw error instanceof Refusal && error.status === 404 ? refusal : error;
  });
  const entry = entries.find(({ id, mediaType }) => id === key.outputID && mediaType === MediaType.geojson);
  if (!entry) throw refusal;
  return entry;
}

const missing = (address: string, pointer: string, client: Owner): InvalidInput =>
  new InvalidInput(
    `${pointer}/collection`,
    `You have no collection "${idIn(address, client)}". GET /collections lists your collections.`,
  );

const idIn = (address: string, { baseUrl }: Owner): string =>
  decodedUri(address.slice(`${baseUrl}/collections/`.length));
