import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith, representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { processSummary } from '../../core/processes/describe.ts';
import { Kept } from '../../core/shared/kept.ts';
import type { Link } from '../../core/shared/link.ts';
import { integerParameter, limitParameter, limits, previousOffset } from '../../core/shared/page-query.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { createHandler } from '../http/handler.ts';

/** GET /processes: summaries page by page (/req/core/process-list-success, /req/core/pl-limit-response); `q` searches. */
export const listProcesses = ({ baseUrl, query }: ApiRequest): ApiResponse =>
  kept.get(JSON.stringify([baseUrl, query]), () => makeList(baseUrl, query));

/** Pages of the list: most clients ask for the same one. */
const kept = new Kept<ApiResponse>(32);

function makeList(baseUrl: string, query: ApiRequest['query']): ApiResponse {
  const limit = limitParameter(query, limits.processes);
  const offset = integerParameter(query, 'offset', 0) ?? 0;
  const found = processes.filter(makeSearch(query['q']));
  const page = found.slice(offset, offset + limit);
  const here = `${baseUrl}/processes`;
  const link = (start: number, rel: string, title: string): Link => ({
    href: `${here}${queryWith(query, { offset: start === 0 ? undefined : String(start) })}`,
    rel,
    type: MediaType.json,
    title,
  });
  const next = offset + limit;
  return {
    status: 200,
    resource: {
      processes: page.map((process) => processSummary(process, baseUrl)),
      links: [
        ...representationLinks(here, query, 'Processes'),
        ...(next < found.length ? [link(next, Rel.next, 'More processes')] : []),
        ...(offset > 0
          ? [link(previousOffset(offset, limit, found.length), Rel.prev, 'Previous processes')]
          : []),
        { href: baseUrl, rel: Rel.up, type: MediaType.json, title: 'Landing page' },
      ],
      numberMatched: found.length,
      numberReturned: page.length,
    },
  };
}

/** Each word must occur in the id, the title, the description or the keywords. */
function makeSearch(values: readonly string[] = []): (process: ProcessDeclaration) => boolean {
  const words = values.flatMap((value) => value.toLowerCase().split(/[\s,]+/)).filter((word) => word !== '');
  return ({ id, title, description, keywords = [] }) => {
    const text = [id, title, description, ...keywords].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export const handler = createHandler(operations.listProcesses, listProcesses, () => undefined);
