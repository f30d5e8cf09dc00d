import type middy from '@middy/core';
import type { ApiRequest } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { InvalidQuery, NotAcceptable } from '../../core/shared/errors.ts';
import { linkHeader } from '../../core/shared/link.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { getRequest, onResponse } from './exchange.ts';

/**
 * Writes resources as JSON or as an HTML page, as `f=` or `Accept` asks (/req/json/definition,
 * /req/html/definition). What is not there is told before what cannot be written as asked.
 */
export const represent = (): middy.MiddlewareObj =>
  onResponse((response, exchange) => {
    const request = getRequest(exchange);
    const chosen = request && typeWanted(request, response);
    const language = isProse(request, response) ? { 'Content-Language': 'en' } : {};
    const told = { ...response, headers: { ...response.headers, ...language } };
    if (request && chosen === MediaType.html) return asPage(request, told);
    return asJson(withProfile(asNamed(told, request, chosen), request));
  });

/**
 * The media type to answer in, undefined where the client takes none of those offered.
 * @throws InvalidQuery for an unknown `f`
 */
export function chosenRepresentation({ operation, query, headers }: ApiRequest): string | undefined {
  const { representations, formats, mediaType = MediaType.json } = operation;
  const asked = query['f'];
  if (asked) {
    const [name] = asked;
    const offered = [...(representations.length > 0 ? representations : ['json']), ...(formats ?? [])];
    if (asked.length === 1 && name !== undefined && offered.includes(name))
      return name === 'html' ? MediaType.html : mediaType;
    throw new InvalidQuery([
      {
        pointer: '?f',
        detail: `"${asked.join(',')}" is not available here. Available: ${offered.join(', ')}.`,
      },
    ]);
  }
  return representations.length === 0 ? mediaType : negotiate(headers['accept'], offeredBy(operation));
}

const offeredBy = ({ representations, formats, mediaType }: Operation): readonly string[] =>
  representations.flatMap((name) => {
    if (name === 'html') return MediaType.html;
    if (formats) return apiMediaTypes;
    return mediaType === undefined ? MediaType.json : [mediaType, MediaType.json];
  });

const apiMediaTypes: readonly string[] = [MediaType.json, MediaType.openapi30, MediaType.openapi31];

/**
 * The media type of a response. An error is a page only for who prefers pages, whatever the operation offers, and
 * never replaced by a complaint about `Accept`; nor is what was done already. @throws NotAcceptable
 */
function typeWanted(request: ApiRequest, { status, resource, shown }: ApiResponse): string | undefined {
  if (resource === undefined) return undefined;
  const { operation, method, headers } = request;
  if (status >= 400) return negotiate(headers['accept'], [MediaType.json, MediaType.problem, MediaType.html]);
  // What was asked for by a form of a page is answered with a page.
  if (operation.representations.length === 0)
    return shown === undefined ? undefined : negotiate(headers['accept'], [MediaType.json, MediaType.html]);
  const chosen = chosenRepresentation(request);
  const isRead = method === 'GET' || method === 'HEAD';
  if (chosen === undefined && isRead) throw new NotAcceptable(offeredBy(operation));
  return chosen;
}

/** GeoJSON under the name of JSON for who asks for it by that name. */
const asNamed = (
  response: ApiResponse,
  request: ApiRequest | undefined,
  chosen: string | undefined,
): ApiResponse =>
  request?.operation.mediaType !== undefined && response.status < 400 && chosen === MediaType.json
    ? { ...response, mediaType: MediaType.json }
    : response;

/** Whether people are meant by what is said: descriptions and errors, but not the values of results. */
const isProse = (request: ApiRequest | undefined, { status, resource }: ApiResponse): boolean =>
  resource !== undefined && (status >= 400 || (request?.operation.representations.length ?? 0) > 0);

/** Links to the profile of the JSON (/req/query-param-profile/response, /rec/core/header-profile-link). */
function withProfile(response: ApiResponse, request: ApiRequest | undefined): ApiResponse {
  const profile = request?.operation.profile;
  if (profile === undefined || response.status !== 200) return response;
  return {
    ...response,
    headers: { ...response.headers, Link: linkHeader({ href: profile, rel: Rel.profile }) },
  };
}

/** Programs ask for JSON: what makes pages is loaded for the first who wants one. */
const asPage = async (request: ApiRequest, response: ApiResponse): Promise<ApiResponse> => {
  const { page } = await import('../html/page.ts');
  const { resource, mediaType: _, headers, shown, ...rest } = response;
  const { html, policy } = page(request, response.status, resource, shown);
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
  const { resource, mediaType = MediaType.json, headers, shown: _, ...rest } = response;
  if (resource === undefined) return response;
  return { ...rest, headers: { ...headers, 'Content-Type': mediaType }, body: serialise(resource) };
}

/** The JSON of resources that an operation has kept and answers again. */
const serialised = new WeakMap<object, string>();

function serialise(resource: unknown): string {
  if (typeof resource !== 'object' || resource === null) return JSON.stringify(resource);
  const known = serialised.get(resource);
  if (known !== undefined) return known;
  const text = JSON.stringify(resource);
  serialised.set(resource, text);
  return text;
}
