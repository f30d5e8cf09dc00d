import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith, representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { describeCollection } from '../../core/features/collection.ts';
import { type CursorScope, encodeCursor } from '../../core/jobs/cursor.ts';
import type { Ports } from '../../core/ports.ts';
import { limitParameter, limits } from '../../core/shared/page-query.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { findCollections } from '../features/find-collections.ts';
import { createHandler } from '../http/handler.ts';
import { listedOwner } from '../jobs/own-job.ts';
import { readCursor } from '../jobs/read-cursor.ts';

/** GET /collections: the layers that the client's jobs have made, newest first, page by page (/req/collection-output/data-access-mechanisms). */
export async function listCollections(
  { owner, principal, baseUrl, query }: ApiRequest,
  { jobs, clock, secrets }: Pick<Ports, 'jobs' | 'clock' | 'secrets'>,
): Promise<ApiResponse> {
  const limit = limitParameter(query, limits.collections);
  const listed = listedOwner(owner, principal);
  const scope: CursorScope = { owner, filter: listed === owner ? 'collections' : 'collections of all' };
  const asked = query['cursor']?.[0];
  const after = asked === undefined ? undefined : await readCursor(asked, scope, secrets);
  const { collections, next } = await findCollections(listed, limit, after, { jobs, clock });
  const cursor = next && encodeCursor(next, scope, (await secrets.signingKeys()).current);
  const here = `${baseUrl}/collections`;
  return {
    status: 200,
    resource: {
      collections: collections.map(({ job, outputID, process }) =>
        describeCollection(job, outputID, process, baseUrl),
      ),
      links: [
        ...representationLinks(here, query, 'Collections'),
        ...(cursor === undefined
          ? []
          : [
              {
                href: `${here}${queryWith(query, { cursor })}`,
                rel: Rel.next,
                type: MediaType.json,
                title: 'Older collections',
              },
            ]),
        { href: baseUrl, rel: Rel.up, type: MediaType.json, title: 'Landing page' },
      ],
    },
  };
}

export const handler = createHandler(operations.listCollections, listCollections, awsPorts);
