import { formatWarningCount } from '../../core/run/run-log.ts';
import { linkHeader } from '../../core/shared/link.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';

/**
 * Headers that tell of warnings: how many there are, and where they can be read. Results have no place for them: each
 * member of the map of results is an output.
 *
 * @param href of the log that has them, as JSON.
 */
export const warningHeaders = (count: number, href: string) => ({
  'Processing-Warnings': String(count),
  Link: linkHeader({ href, rel: Rel.log, type: MediaType.json, title: formatWarningCount(count) }),
});

/** The response with these headers, where there are warnings. */
export function withWarnings(response: ApiResponse, count: number | undefined, href: string): ApiResponse {
  if (!count) return response;
  const { Link, ...others } = warningHeaders(count, href);
  const links = [response.headers?.['Link'] ?? [], Link].flat();
  return { ...response, headers: { ...response.headers, ...others, Link: links } };
}
