import type { Feature } from 'geojson';
import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith, representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { intersectsBbox } from '../../core/features/bounds.ts';
import { type ItemsQuery, parseItemsQuery } from '../../core/features/items-query.ts';
import type { Ports } from '../../core/ports.ts';
import { BODY_BYTES, fitting, LINKS_BYTES } from '../../core/shared/answer-size.ts';
import type { Link } from '../../core/shared/link.ts';
import { previousOffset } from '../../core/shared/page-query.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { numbered, ownCollection, readCollectionFeatures } from '../features/collections.ts';
import { featureTooLarge } from '../features/feature-too-large.ts';
import { createHandler } from '../http/handler.ts';

/** GET /collections/{collectionID}/items: features page by page, within a bounding box (OGC API - Features, 7.15). */
export async function getCollectionItems(
  request: ApiRequest,
  ports: Pick<Ports, 'jobs' | 'storage' | 'clock'>,
): Promise<ApiResponse> {
  const asked = parseItemsQuery(request.query);
  const { job, outputID } = await ownCollection(request, ports.jobs);
  const all = numbered(await readCollectionFeatures(job, outputID, ports));
  const { bbox } = asked;
  const found = bbox ? all.filter(({ geometry }) => intersectsBbox(geometry, bbox)) : all;
  const features = fitPage(found, asked, request, job.jobID, outputID);
  return {
    status: 200,
    mediaType: MediaType.geojson,
    resource: {
      type: 'FeatureCollection',
      features,
      numberMatched: found.length,
      numberReturned: features.length,
      timeStamp: ports.clock.now().toISOString(),
      links: buildLinks(request, asked, features.length, found.length),
    },
  };
}

/** The features asked for, or as many of them as fit into an answer. @throws LimitExceeded when not even one does */
function fitPage(
  found: readonly Feature[],
  { limit, offset }: ItemsQuery,
  { baseUrl }: ApiRequest,
  jobID: string,
  outputID: string,
): readonly Feature[] {
  const wanted = found.slice(offset, offset + limit);
  const features = fitting(wanted, BODY_BYTES - LINKS_BYTES);
  if (features.length === 0 && wanted.length > 0)
    throw featureTooLarge(wanted[0]?.id, baseUrl, jobID, outputID);
  return features;
}

/** @param count features on this page, which may be fewer than asked for */
function buildLinks(
  { baseUrl, path, query }: ApiRequest,
  { limit, offset }: ItemsQuery,
  count: number,
  total: number,
): Link[] {
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
    ...(offset + count < total ? [link(offset + count, Rel.next, 'More features')] : []),
    ...(offset > 0 ? [link(previousOffset(offset, limit, total), Rel.prev, 'Previous features')] : []),
    {
      href: here.replace(/\/items$/, ''),
      rel: Rel.collection,
      type: MediaType.json,
      title: 'The collection',
    },
  ];
}

export const handler = createHandler(operations.getCollectionItems, getCollectionItems, awsPorts);
