import type { Feature } from 'geojson';
import type { ApiRequest } from '../../core/api/http.ts';
import { collectionKey, collectionOutputs } from '../../core/features/collection.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { LimitExceeded, NoSuchCollection, NoSuchJob } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { jobEntries } from '../jobs/job-results.ts';
import { ownJob } from '../jobs/own-job.ts';
import { entryFeatures } from './entry-features.ts';

/** Bytes of a collection that a request reads at most: the functions behind the API have little memory. */
const MAXIMUM_BYTES = 32 * 1024 * 1024;

/** A collection that the path names, with its job. @throws NoSuchCollection */
export async function ownCollection(
  request: ApiRequest,
  jobs: Pick<Ports['jobs'], 'get'>,
): Promise<{ readonly job: Job; readonly outputID: string }> {
  const id = request.pathParameters['collectionID'] ?? '';
  const key = collectionKey(id);
  if (!key) throw new NoSuchCollection(id);
  const { jobID, outputID } = key;
  const job = await ownJob({ ...request, pathParameters: { jobID } }, jobs).catch((error) => {
    throw error instanceof NoSuchJob ? new NoSuchCollection(id) : error;
  });
  const process = processes.find((candidate) => candidate.id === job.processID);
  if (job.status !== 'successful' || !collectionOutputs(job, process).includes(outputID))
    throw new NoSuchCollection(id);
  return { job, outputID };
}

/** All features of a collection. @throws LimitExceeded for one that is better fetched as a file */
export async function readCollectionFeatures(
  job: Job,
  outputID: string,
  { storage }: Pick<Ports, 'storage'>,
): Promise<readonly Feature[]> {
  const entry = (await jobEntries(job, storage)).find(({ id }) => id === outputID);
  if (!entry || entry.mediaType !== MediaType.geojson) throw new NoSuchCollection(`${job.jobID}.${outputID}`);
  if (entry.size > MAXIMUM_BYTES) {
    const detail = `The collection has ${entry.size} bytes; up to ${MAXIMUM_BYTES} can be served in pages. Download it as a file from the results of its job.`;
    throw new LimitExceeded('', detail);
  }
  const features = await entryFeatures(entry, storage);
  if (!features) throw new NoSuchCollection(`${job.jobID}.${outputID}`);
  return features;
}

/** Features with an id each: their place where they have none of their own, or one that occurs twice. */
export function numbered(features: readonly Feature[]): Feature[] {
  const ids = features.map(({ id }) => id);
  const distinct = new Set(ids.map(String)).size === ids.length && ids.every((id) => id !== undefined);
  return features.map((feature, index) => (distinct ? feature : { ...feature, id: index + 1 }));
}
