import type { ApiRequest } from '../../core/api/http.ts';
import { representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { collectionOutputs, describeCollection } from '../../core/features/collection.ts';
import type { Ports } from '../../core/ports.ts';
import { limitParameter, limits } from '../../core/shared/page-query.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';

/** GET /collections: the layers that the client's newest jobs have made (/req/collection-output/data-access-mechanisms). */
export async function listCollections(
  { owner, baseUrl, query }: ApiRequest,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<ApiResponse> {
  const limit = limitParameter(query, limits.collections);
  const page = await jobs.list(owner, { statuses: ['successful'] }, limit, undefined, clock.now());
  return {
    status: 200,
    resource: {
      collections: page.jobs.flatMap((job) => {
        const process = processes.find(({ id }) => id === job.processID);
        return collectionOutputs(job, process).map((id) => describeCollection(job, id, process, baseUrl));
      }),
      links: [
        ...representationLinks(`${baseUrl}/collections`, query, 'Collections'),
        { href: baseUrl, rel: Rel.up, type: MediaType.json, title: 'Landing page' },
      ],
    },
  };
}

export const handler = createHandler(operations.listCollections, listCollections, awsPorts);
