import { parsePrefer } from '../execution/preferences.ts';
import { Profile } from '../shared/uris.ts';
import type { ApiRequest } from './http.ts';

/**
 * True when the client asks for the profile `ogc-results`: by `Accept-Profile`, `Prefer: profile=`, a request
 * `Link` with `rel="profile"`, or `?profile=` as URI, safe CURIE or bare name
 * (/req/query-param-profile/definition). Unknown profiles are no error.
 */
export function isProfiled({ headers, query }: ApiRequest): boolean {
  const name = Profile.results.slice(Profile.results.lastIndexOf('/') + 1);
  const spellings = new Set([
    name,
    `[ogc-profile:${name}]`,
    Profile.results,
    Profile.results.replace(/^https:/, 'http:'),
  ]);
  const asked = [
    ...(query['profile'] ?? []).flatMap((value) => value.split(',')),
    ...(headers['accept-profile'] ?? '').split(','),
    parsePrefer(headers['prefer']).profile ?? '',
    ...linkedProfiles(headers['link'] ?? ''),
  ];
  return asked.some((value) => spellings.has(value.trim().replace(/^<([^>]*)>.*$/, '$1')));
}

const linkedProfiles = (header: string): string[] =>
  [...header.matchAll(/<([^>]*)>\s*;\s*rel="?profile"?/g)].map(([, uri = '']) => uri);
