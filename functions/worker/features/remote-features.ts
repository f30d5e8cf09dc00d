import type { Feature } from 'geojson';
import type { CollectionInput } from '../../../core/features/collection-input.ts';
import { type CollectionPage, readPage } from '../../../core/features/collection-page.ts';
import type { Egress } from '../../../core/ports.ts';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { parseJson } from '../../../core/shared/json.ts';
import { counted } from '../../../core/shared/quote.ts';
import { logger } from '../../observe/logger.ts';
import type { CollectionRequest } from './open-collection.ts';

/** Features that one request asks for. Servers answer with fewer where that is more than they give. */
const PAGE = 1000;
/** Pages that are followed at most: a server whose pages never end must not keep a worker. */
const MAXIMUM_PAGES = 10_000;
/** Empty pages after one another that are followed: some servers always name a next one. */
const EMPTY_PAGES = 3;
const PAGE_BYTES = 64 * 1024 * 1024;

/**
 * Features of a collection behind OGC API - Features, page by page. Bounding box, time, limit and identifiers go to the
 * server as its parameters; a filter only where the server says that it knows CQL2 (/req/collection-input/filtering).
 * No page is left out silently: where the server itself leaves some out, that is a warning.
 *
 * @throws InvalidInput where a page is not what it should be, LimitExceeded where there are more than are followed
 */
export async function* remoteFeatures(
  address: string,
  request: CollectionRequest,
  egress: Egress,
): AsyncGenerator<readonly Feature[]> {
  const knowsFilter =
    typeof request.input.filter === 'string' && (await serverKnowsFilter(address, request, egress));
  const asked = new Set<string>();
  let href: string | undefined = firstPage(address, request.input, knowsFilter);
  let received = 0;
  let empty = 0;
  let announced: number | undefined;
  while (href !== undefined) {
    checkPage(href, asked, request.pointer);
    asked.add(href);
    const { features, next, matched } = await fetchPage(href, request, egress);
    yield features;
    received += features.length;
    announced = matched ?? announced;
    empty = features.length === 0 ? empty + 1 : 0;
    const ends = empty >= EMPTY_PAGES || (empty > 0 && matched !== undefined && received >= matched);
    href = ends ? undefined : next;
  }
  if (announced === undefined || received >= announced) return;
  const message = `The server of the collection announced ${counted(announced, 'feature')} ("numberMatched"), but sent ${received} and named no next page. The others are missing.`;
  request.warn(message, { input: request.pointer });
}

/** Address of the first page. @param knowsFilter whether the server filters */
export const firstPage = (address: string, input: CollectionInput, knowsFilter = false): string =>
  `${address}/items?${buildParameters(input, knowsFilter)}`;

function checkPage(href: string, asked: ReadonlySet<string>, pointer: string): void {
  if (asked.has(href)) {
    const detail = `The pages of the collection form a loop: the link "next" leads to "${href}" again. Its server is at fault.`;
    throw new InvalidInput(`${pointer}/collection`, detail);
  }
  if (asked.size < MAXIMUM_PAGES) return;
  const detail = `The collection has more than ${MAXIMUM_PAGES} pages, which is the limit. Request part of it with "bbox", "limit" or a filter.`;
  throw new LimitExceeded(`${pointer}/collection`, detail);
}

async function fetchPage(href: string, request: CollectionRequest, egress: Egress): Promise<CollectionPage> {
  const page = readPage(await fetchJson(href, request, egress), href);
  if (typeof page !== 'string') return page;
  throw new InvalidInput(`${request.pointer}/collection`, `The response of "${href}" ${page}`);
}

function buildParameters(
  { bbox, datetime, filter, limit, ids, q, passThroughParameters }: CollectionInput,
  knowsFilter: boolean,
): URLSearchParams {
  return new URLSearchParams({
    f: 'json',
    limit: String(Math.min(limit ?? PAGE, PAGE)),
    ...(bbox ? { bbox: bbox.join(',') } : {}),
    ...(datetime === undefined ? {} : { datetime }),
    ...(ids ? { ids: ids.join(',') } : {}),
    ...(q === undefined ? {} : { q }),
    ...(knowsFilter ? { filter: filter as string, 'filter-lang': 'cql2-text' } : {}),
    ...passThroughParameters,
  });
}

/** A server that cannot say what it knows is not asked to filter: the filter is applied here in any case. */
async function serverKnowsFilter(
  address: string,
  request: CollectionRequest,
  egress: Egress,
): Promise<boolean> {
  const landing = /^(.*)\/collections\/[^/]+$/.exec(address)?.[1];
  if (landing === undefined) return false;
  try {
    const { conformsTo } = (await fetchJson(`${landing}/conformance?f=json`, request, egress)) as {
      conformsTo?: unknown;
    };
    const knows = (part: RegExp) =>
      Array.isArray(conformsTo) && conformsTo.some((uri) => part.test(String(uri)));
    return knows(/ogcapi-features-3\/1\.0\/conf\/features-filter$/) && knows(/cql2\/1\.0\/conf\/cql2-text$/);
  } catch (error) {
    request.signal.throwIfAborted();
    // Every feature is fetched then, which takes longer than it need.
    logger.warn('Collection:ConformanceUnknown', { address, error });
    return false;
  }
}

async function fetchJson(
  href: string,
  { pointer, signal, retrySeconds }: CollectionRequest,
  egress: Egress,
): Promise<unknown> {
  const source = await egress.open(href, {
    pointer: `${pointer}/collection`,
    maximumBytes: PAGE_BYTES,
    signal,
    retrySeconds,
  });
  const read = parseJson(await source.bytes(), `The response of "${href}"`);
  if ('value' in read) return read.value;
  const place = read.pointer === '' ? '' : `The response of "${href}" has a member ${read.pointer} that `;
  throw new InvalidInput(`${pointer}/collection`, `${place}${read.detail}`);
}
