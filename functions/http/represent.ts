import type middy from '@middy/core';
import type { ApiRequest } from '../../core/api/http.ts';
import { InvalidQuery, NotAcceptable } from '../../core/shared/errors.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { page } from '../html/page.ts';
import { onResponse, requestOf } from './exchange.ts';

/**
 * Writes resources as JSON or as an HTML page, as `f=` or `Accept` asks (/req/json/definition,
 * /req/html/definition). What cannot be answered is refused before the operation does anything.
 */
export const represent = (): middy.MiddlewareObj =>
  onResponse((response, exchange) => {
    const request = requestOf(exchange);
    const isPage = request !== undefined && isPageWanted(request, response);
    const represented = isPage ? asPage(request, response) : asJson(withProfile(response, request));
    return isProse(request, response) ? inEnglish(represented) : represented;
  });

/** @throws InvalidQuery for an unknown `f`, NotAcceptable */
export function chosenRepresentation({ operation, query, headers }: ApiRequest): 'json' | 'html' {
  const { representations, formats } = operation;
  const asked = query['f'];
  if (asked) {
    const [name] = asked;
    const offered = [...(representations.length > 0 ? representations : ['json']), ...(formats ?? [])];
    if (asked.length === 1 && offered.includes(name!)) return name === 'html' ? 'html' : 'json';
    throw new InvalidQuery([
      { pointer: '?f', detail: `"${asked.join(',')}" is not offered here. There is: ${offered.join(', ')}.` },
    ]);
  }
  if (representations.length === 0) return 'json';
  const offered = representations.flatMap((name) =>
    name === 'json' && formats ? apiMediaTypes : [mediaTypes[name]],
  );
  const chosen = negotiate(headers['accept'], offered);
  if (chosen === undefined) throw new NotAcceptable(offered);
  return chosen === MediaType.html ? 'html' : 'json';
}

const mediaTypes = { json: MediaType.json, html: MediaType.html } as const;
const apiMediaTypes: readonly string[] = [MediaType.json, MediaType.openapi30, MediaType.openapi31];

/** An error is a page only for who prefers pages, whatever the operation offers. */
function isPageWanted(request: ApiRequest, { status, resource }: ApiResponse): boolean {
  if (resource === undefined) return false;
  if (status < 400 && request.operation.representations.length === 0) return false;
  try {
    if (status < 400) return chosenRepresentation(request) === 'html';
  } catch {
    return false;
  }
  return (
    negotiate(request.headers['accept'], [MediaType.json, MediaType.problem, MediaType.html]) ===
    MediaType.html
  );
}

/** Whether people are meant by what is said: descriptions and errors, but not the values of results. */
const isProse = (request: ApiRequest | undefined, { status, resource }: ApiResponse): boolean =>
  resource !== undefined && (status >= 400 || (request?.operation.representations.length ?? 0) > 0);

const inEnglish = (response: ApiResponse): ApiResponse => ({
  ...response,
  headers: { ...response.headers, 'Content-Language': 'en' },
});

/** Links to the profile of the JSON (/req/query-param-profile/response, /rec/core/header-profile-link). */
function withProfile(response: ApiResponse, request: ApiRequest | undefined): ApiResponse {
  const profile = request?.operation.profile;
  if (profile === undefined || response.status !== 200) return response;
  return { ...response, headers: { ...response.headers, Link: `<${profile}>; rel="${Rel.profile}"` } };
}

const asPage = (request: ApiRequest, response: ApiResponse): ApiResponse => {
  const { resource, mediaType: _, headers, ...rest } = response;
  const { html, policy } = page(request, response.status, resource);
  return {
    ...rest,
    headers: {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    },
    body: html,
  };
};

export function asJson(response: ApiResponse): ApiResponse {
  const { resource, mediaType = MediaType.json, headers, ...rest } = response;
  if (resource === undefined) return response;
  return { ...rest, headers: { ...headers, 'Content-Type': mediaType }, body: JSON.stringify(resource) };
}
