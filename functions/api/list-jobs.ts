import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith, representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { type CursorScope, encodeCursor } from '../../core/jobs/cursor.ts';
import type { JobPage } from '../../core/jobs/job.ts';
import { parseListQuery } from '../../core/jobs/list-query.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import { BODY_BYTES, fitting, LINKS_BYTES } from '../../core/shared/answer-size.ts';
import type { Link } from '../../core/shared/link.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { listedOwner } from '../jobs/own-job.ts';
import { readCursor } from '../jobs/read-cursor.ts';

/** GET /jobs: the client's own jobs, all for who may see them, newest first, page by page (/req/job-list). A page has fewer than asked for where more do not fit. */
export async function listJobs(
  request: ApiRequest,
  { jobs, clock, secrets }: Pick<Ports, 'jobs' | 'clock' | 'secrets'>,
): Promise<ApiResponse> {
  const { owner, principal, baseUrl } = request;
  const listed = listedOwner(owner, principal);
  const asked = parseListQuery(
    request.query,
    processes.map(({ id }) => id),
  );
  const { filter, limit, ofProcesses } = asked;
  const scope: CursorScope = { owner, filter: JSON.stringify([ofProcesses, filter, listed === owner]) };
  // A list that fits into one page needs none of the keys.
  const { cursor } = asked;
  const after = cursor === undefined ? undefined : await readCursor(cursor, scope, secrets);
  const page: JobPage = ofProcesses
    ? await jobs.list(listed, filter, limit, after, clock.now())
    : { jobs: [] };
  const all = page.jobs.map((job) => statusInfo(job, baseUrl));
  const shown = fitting(all, BODY_BYTES - LINKS_BYTES);
  const last = shown.length < all.length ? page.jobs[shown.length - 1] : undefined;
  const position = last ? { created: last.created, jobID: last.jobID } : page.next;
  const next = position && encodeCursor(position, scope, (await secrets.signingKeys()).current);
  return {
    status: 200,
    resource: {
      jobs: shown,
      links: buildLinks(request, next),
    },
  };
}

/** Links that keep everything that was asked (/req/job-list/links, /rec/job-list/next-1). */
function buildLinks({ baseUrl, query }: ApiRequest, next: string | undefined): Link[] {
  const here = `${baseUrl}/jobs`;
  const older = `${here}${queryWith(query, { cursor: next })}`;
  return [
    ...representationLinks(here, query, 'Jobs'),
    ...(next === undefined
      ? []
      : [{ href: older, rel: Rel.next, type: MediaType.json, title: 'Older jobs' }]),
    { href: baseUrl, rel: Rel.up, type: MediaType.json, title: 'Landing page' },
  ];
}

export const handler = createHandler(operations.listJobs, listJobs, awsPorts);
