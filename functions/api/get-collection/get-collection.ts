import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { boundsOfGeometries } from '../../../core/collections/bounds.ts';
import { describeCollection } from '../../../core/collections/collection.ts';
import type { Ports } from '../../../core/ports.ts';
import { processes } from '../../../processes/index.ts';
import { featuresOf, ownCollection } from '../../shared/collections.ts';

/** GET /collections/{collectionID}: a result as a collection of features, with its extent. */
export async function getCollection(
  request: ApiRequest,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const { job, outputID } = await ownCollection(request, ports.jobs);
  const features = await featuresOf(job, outputID, ports);
  const process = processes.find(({ id }) => id === job.processID);
  const bounds = boundsOfGeometries(features.map(({ geometry }) => geometry));
  return { status: 200, resource: describeCollection(job, outputID, process, request.baseUrl, bounds) };
}
