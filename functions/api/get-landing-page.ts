import type { ApiRequest } from '../../core/api/http.ts';
import { representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { type Provider, providerFromEnvironment } from '../../core/api/provider.ts';
import { serviceTitle } from '../../core/api/service-title.ts';
import { Kept } from '../../core/shared/kept.ts';
import type { Link } from '../../core/shared/link.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { landingStrings } from '../../strings/landing.ts';
import { html } from '../html/parts/markup.ts';
import { createHandler } from '../http/handler.ts';

/** GET /: where everything else is (/req/core/landingpage-success, /req/oas/definition, /rec/job-list/job-list-landing-page). */
export function getLandingPage({ baseUrl, query }: ApiRequest): ApiResponse {
  const title = serviceTitle();
  const provider = providerFromEnvironment();
  return kept.get(JSON.stringify([baseUrl, query, title, provider]), () => ({
    status: 200,
    resource: {
      title,
      description: landingStrings.description,
      ...attribution(provider),
      links: [...representationLinks(baseUrl, query, 'This page'), ...resourceLinks(baseUrl)],
    },
  }));
}

/** Whose service it is, in markup as 2.0 allows it. What else there is of them is in the definition of the API. */
function attribution({ name, url }: Provider): { readonly attribution?: string } {
  const shown = name ?? url;
  if (shown === undefined) return {};
  return { attribution: (url === undefined ? html`${shown}` : html`<a href="${url}">${shown}</a>`).text };
}

const kept = new Kept<ApiResponse>(32);

const resourceLinks = (baseUrl: string): Link[] => [
  {
    href: `${baseUrl}/api`,
    rel: Rel.serviceDesc,
    type: MediaType.openapi30,
    title: 'API definition (OpenAPI 3.0)',
  },
  {
    href: `${baseUrl}/api?f=oas31`,
    rel: Rel.serviceDesc,
    type: MediaType.openapi31,
    title: 'API definition (OpenAPI 3.1)',
  },
  {
    href: `${baseUrl}/api?f=html`,
    rel: Rel.serviceDoc,
    type: MediaType.html,
    title: 'API definition as HTML',
  },
  {
    href: `${baseUrl}/conformance`,
    rel: Rel.conformance,
    type: MediaType.json,
    title: 'Conformance classes',
  },
  { href: `${baseUrl}/processes`, rel: Rel.processes, type: MediaType.json, title: 'Processes' },
  {
    href: `${baseUrl}/collections`,
    rel: Rel.data,
    type: MediaType.json,
    title: 'Results as collections of features',
  },
  { href: `${baseUrl}/jobs`, rel: Rel.jobList, type: MediaType.json, title: 'Jobs' },
];

export const handler = createHandler(operations.getLandingPage, getLandingPage, () => undefined);
