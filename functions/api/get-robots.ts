import type { ApiRequest } from '../../core/api/http.ts';
import { operationList, operations } from '../../core/api/operations.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { createHandler } from '../http/handler.ts';

/**
 * GET /robots.txt (RFC 9309): crawlers may read what describes the service, and start nothing. They look for it at the
 * root of a host: a domain of its own, without a stage in its paths, makes it heard.
 */
export function getRobots({ baseUrl }: ApiRequest): ApiResponse {
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  const closed = operationList
    .filter(({ scope }) => scope !== 'public')
    .map(({ path }) => patternFromPath(path));
  const lines = ['User-agent: *', ...[...new Set(closed)].map((pattern) => `Disallow: ${base}${pattern}`)];
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: `${lines.join('\n')}\n`,
  };
}

/** A path as robots.txt writes it: what starts so is meant, and a star stands for anything. */
const patternFromPath = (path: string): string =>
  path.endsWith('/execution') ? path.replace(/\{\w+\}/, '*') : `/${path.split('/')[1]}`;

export const handler = createHandler(operations.getRobots, getRobots, () => undefined);
