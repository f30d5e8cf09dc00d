import type { Link } from '../shared/link.ts';
import { MediaType, Rel } from '../shared/uris.ts';
import type { ApiRequest } from './http.ts';

/** The query of a request with some parameters replaced, or left out where the change is undefined. */
export function queryWith(
  query: ApiRequest['query'],
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    if (!Object.hasOwn(changes, name)) for (const value of values) parameters.append(name, value);
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) parameters.append(name, value);
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** `self` and `alternate` of a resource that there is as JSON and as a page (/req/core/pl-links and its like). */
export const representationLinks = (href: string, query: ApiRequest['query'], title: string): Link[] => [
  { href: `${href}${queryWith(query, { f: undefined })}`, rel: Rel.self, type: MediaType.json, title },
  {
    href: `${href}${queryWith(query, { f: 'html' })}`,
    rel: Rel.alternate,
    type: MediaType.html,
    title: `${title} as HTML`,
  },
];
