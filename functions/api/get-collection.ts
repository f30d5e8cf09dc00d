import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { computeBbox } from '../../core/features/bounds.ts';
import { describeCollection } from '../../core/features/collection.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { ownCollection, readCollectionFeatures } from '../features/collections.ts';
import { createHandler } from '../http/handler.ts';

/** GET /collections/{collectionID}: a result as a collection of features, with its extent. */
export async function getCollection(
  request: ApiRequest,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const { job, outputID } = await ownCollection(request, ports.jobs);
  const features = await readCollectionFeatures(job, outputID, ports);
  const process = processes.find(({ id }) => id === job.processID);
  const bounds = computeBbox(features.map(({ geometry }) => geometry));
  return { status: 200, resource: describeCollection(job, outputID, process, request.baseUrl, bounds) };
}

export const handler = createHandler(operations.getCollection, getCollection, awsPorts);
