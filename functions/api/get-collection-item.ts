import type { ApiRequest } from '../../core/api/http.ts';
import { representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import type { Ports } from '../../core/ports.ts';
import { BODY_BYTES, fitting, LINKS_BYTES } from '../../core/shared/answer-size.ts';
import { NoSuchFeature } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { numbered, ownCollection, readCollectionFeatures } from '../features/collections.ts';
import { featureTooLarge } from '../features/feature-too-large.ts';
import { createHandler } from '../http/handler.ts';

/** GET /collections/{collectionID}/items/{featureID}: one feature (OGC API - Features, 7.16). */
export async function getCollectionItem(
  request: ApiRequest,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): Promise<ApiResponse> {
  const { baseUrl, path, query, pathParameters } = request;
  const { job, outputID } = await ownCollection(request, ports.jobs);
  const featureID = pathParameters['featureID'] ?? '';
  const feature = numbered(await readCollectionFeatures(job, outputID, ports)).find(
    ({ id }) => String(id) === featureID,
  );
  if (!feature) throw new NoSuchFeature(featureID);
  if (fitting([feature], BODY_BYTES - LINKS_BYTES).length === 0) {
    throw featureTooLarge(featureID, baseUrl, job.jobID, outputID);
  }
  const here = `${baseUrl}${path}`;
  const collection = here.replace(/\/items\/[^/]*$/, '');
  return {
    status: 200,
    mediaType: MediaType.geojson,
    resource: {
      ...feature,
      links: [
        ...representationLinks(here, query, 'This feature'),
        { href: collection, rel: Rel.collection, type: MediaType.json, title: 'The collection' },
      ],
    },
  };
}

export const handler = createHandler(operations.getCollectionItem, getCollectionItem, awsPorts);
