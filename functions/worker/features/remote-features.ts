import type { Feature } from 'geojson';
import type { CollectionInput } from '../../../core/features/collection-input.ts';
import type { Egress } from '../../../core/ports.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import type { CollectionRequest } from './open-collection.ts';

/** Features that one request asks for. Servers answer with fewer where that is more than they give. */
const PAGE = 1000;
/** Pages that are followed at most: a server whose pages never end must not keep a worker. */
const MAXIMUM_PAGES = 1000;
const PAGE_BYTES = 64 * 1024 * 1024;

interface Page {
  readonly features: readonly Feature[];
  readonly next: string | undefined;
}

/**
 * Features of a collection behind OGC API - Features, page by page. Bounding box, time, limit and identifiers go to the
 * server as its parameters; a filter only where the server says that it knows CQL2 (/req/collection-input/filtering).
 */
export async function* remoteFeatures(
  address: string,
  request: CollectionRequest,
  egress: Egress,
): AsyncGenerator<readonly Feature[]> {
  const knowsFilter =
    typeof request.input.filter === 'string' && (await serverKnowsFilter(address, request, egress));
  let href: string | undefined = `${address}/items?${parametersOf(request.input, knowsFilter)}`;
  for (let page = 0; href !== undefined && page < MAXIMUM_PAGES; page++) {
    const { features, next } = pageOf(await fetchJson(href, request, egress), href, request.pointer);
    yield features;
    href = features.length === 0 || next === href ? undefined : next;
  }
}

function parametersOf(
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

/** A server that cannot say what it knows is not asked: the filter is applied here in any case. */
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
  } catch {
    return false;
  }
}

async function fetchJson(
  href: string,
  { pointer, signal, patience }: CollectionRequest,
  egress: Egress,
): Promise<unknown> {
  const source = await egress.open(href, {
    pointer: `${pointer}/collection`,
    maximumBytes: PAGE_BYTES,
    signal,
    patience,
  });
  try {
    return JSON.parse(new TextDecoder().decode(await source.bytes()));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidInput(`${pointer}/collection`, `"${href}" does not answer with JSON.`);
  }
}

function pageOf(document: unknown, href: string, pointer: string): Page {
  const { type, features, links } = (document ?? {}) as {
    type?: unknown;
    features?: unknown;
    links?: unknown;
  };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    const detail = `"${href}" does not answer with a GeoJSON FeatureCollection; is it a collection of OGC API - Features?`;
    throw new InvalidInput(`${pointer}/collection`, detail);
  }
  const next = Array.isArray(links) ? links.find((link) => link?.rel === 'next')?.href : undefined;
  return { features, next: typeof next === 'string' ? new URL(next, href).href : undefined };
}
