import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith, representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { meets } from '../../core/features/bounds.ts';
import { type ItemsQuery, parseItemsQuery } from '../../core/features/items-query.ts';
import type { Ports } from '../../core/ports.ts';
import type { Link } from '../../core/shared/link.ts';
import { previousOffset } from '../../core/shared/page-query.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { featuresOf, ownCollection } from '../features/collections.ts';
import { numbered } from '../features/numbered.ts';
import { createHandler } from '../http/handler.ts';

/** GET /collections/{collectionID}/items: features page by page, within a bounding box (OGC API - Features, 7.15). */
export async function getCollectionItems(
  request: ApiRequest,
  ports: Pick<Ports, 'jobs' | 'storage' | 'clock'>,
): Promise<ApiResponse> {
  const asked = parseItemsQuery(request.query);
  const { job, outputID } = await ownCollection(request, ports.jobs);
  const all = numbered(await featuresOf(job, outputID, ports));
  const { bbox, limit, offset } = asked;
  const found = bbox ? all.filter(({ geometry }) => meets(geometry, bbox)) : all;
  const features = found.slice(offset, offset + limit);
  return {
    status: 200,
    mediaType: MediaType.geojson,
    resource: {
      type: 'FeatureCollection',
      features,
      numberMatched: found.length,
      numberReturned: features.length,
      timeStamp: ports.clock.now().toISOString(),
      links: linksOf(request, asked, found.length),
    },
  };
}

function linksOf({ baseUrl, path, query }: ApiRequest, { limit, offset }: ItemsQuery, total: number): Link[] {
  const here = `${baseUrl}${path}`;
  const link = (start: number, rel: string, title: string): Link => ({
    href: `${here}${queryWith(query, { offset: start === 0 ? undefined : String(start) })}`,
    rel,
    type: MediaType.geojson,
    title,
  });
  const [self, alternate] = representationLinks(here, query, 'Features') as [Link, Link];
  return [
    { ...self, type: MediaType.geojson },
    alternate,
    ...(offset + limit < total ? [link(offset + limit, Rel.next, 'More features')] : []),
    ...(offset > 0 ? [link(previousOffset(offset, limit, total), Rel.prev, 'Features before')] : []),
    {
      href: here.replace(/\/items$/, ''),
      rel: Rel.collection,
      type: MediaType.json,
      title: 'The collection',
    },
  ];
}

export const handler = createHandler(operations.getCollectionItems, getCollectionItems, awsPorts);
