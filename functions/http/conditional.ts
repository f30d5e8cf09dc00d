import { createHash } from 'node:crypto';
import type middy from '@middy/core';
import type { Operation } from '../../core/api/operations.ts';
import { Kept } from '../../core/shared/kept.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { getRequest, onResponse } from './exchange.ts';
import { verifyIfMatch } from './if-match.ts';
import { isStatic } from './same-for-all.ts';

/** Seconds for which a client need not ask again for what changes only with a deployment. */
const STATIC_SECONDS = 60;

/** Headers that choose among representations: of resources and errors, and also of results. */
const VARY = 'Accept, Accept-Encoding';
const VARY_OF_RESULTS = 'Accept, Accept-Profile, Prefer, Accept-Encoding';

/**
 * `Vary` and `Cache-Control`; for what depends on nothing but the deployment, and for files, which never change, also an
 * entity tag, 304 and 412 (RFC 9110, 13). What depends on jobs is not to be stored anywhere.
 */
export function conditional(operation: Operation): middy.MiddlewareObj {
  const { method, representations, isFile } = operation;
  const isAlike = isStatic(operation);
  const isTagged = isAlike || (isFile === true && representations.length === 0);
  const vary = { Vary: isAlike || representations.length > 0 ? VARY : VARY_OF_RESULTS };
  return onResponse((response, exchange) => {
    const { 'if-match': wanted, 'if-none-match': known } = getRequest(exchange)?.headers ?? {};
    if (!isTagged || response.status !== 200 || response.body === undefined) {
      if (method === 'GET' && response.status < 300) verifyIfMatch(wanted, undefined);
      return withCache(response, 'no-store', vary);
    }
    const tag = computeTag(response.body);
    verifyIfMatch(wanted, tag);
    const cacheControl = isAlike ? `public, max-age=${STATIC_SECONDS}` : 'no-store';
    const tagged = withCache(response, cacheControl, { ETag: tag, ...vary });
    if (!known || !matches(known, tag)) return tagged;
    const { 'Content-Type': _, ...headers } = tagged.headers ?? {};
    return { status: 304, headers };
  });
}

/** Tags of texts that are answered again and again. */
const tags = new Kept<string>(128);

function computeTag(body: string | Uint8Array): string {
  const make = () => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return typeof body === 'string' ? tags.get(body, make) : make();
}

/** Weak comparison: proxies that compress make a tag weak. */
const matches = (known: string, tag: string): boolean =>
  known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

const withCache = (
  response: ApiResponse,
  cacheControl: string,
  more: Readonly<Record<string, string>>,
): ApiResponse => ({ ...response, headers: { 'Cache-Control': cacheControl, ...response.headers, ...more } });
