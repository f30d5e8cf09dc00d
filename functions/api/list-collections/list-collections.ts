import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { representationLinks } from '../../../core/api/links.ts';
import { DEFAULT_LIMIT, integerParameter, MAXIMUM_LIMIT } from '../../../core/api/page-query.ts';
import { MediaType, Rel } from '../../../core/api/uris.ts';
import { collectionOutputs, describeCollection } from '../../../core/collections/collection.ts';
import type { Ports } from '../../../core/ports.ts';
import { processes } from '../../../processes/index.ts';

/** GET /collections: the layers that the client's newest jobs have made (/req/collection-output/data-access-mechanisms). */
export async function listCollections(
  { owner, baseUrl, query }: ApiRequest,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<ApiResponse> {
  const limit = Math.min(integerParameter(query, 'limit', 1) ?? DEFAULT_LIMIT, MAXIMUM_LIMIT);
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
