import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith } from '../../core/api/links.ts';
import { describeSignIn, signInFor } from '../../core/api/sign-in.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { html, Markup } from './markup.ts';
import { pageFiles } from './page-files.ts';
import { pagePolicy } from './policy.ts';
import { buildView } from './views.ts';

/** The page of a resource, and the policy under which a browser shows it. */
export function page(
  request: ApiRequest,
  status: number,
  resource: unknown,
): { readonly html: string; readonly policy: string } {
  const { title, content } = buildView(request, status, resource);
  return { html: shell(request, title, content, status >= 400).text, policy: pagePolicy(request.baseUrl) };
}

function shell(request: ApiRequest, title: string, content: Markup, isProblem: boolean): Markup {
  const { baseUrl, path, query } = request;
  const service = optional(Env.ServiceTitle) ?? 'OGC API - Processes';
  const here = `${baseUrl}${path === '/' ? '' : path}`;
  const isHome = title === service;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${isHome ? '' : ` - ${service}`}</title>
${pageFiles(content, baseUrl)}
</head>
<body${isProblem ? new Markup(' class="problem"') : ''}>
<header>
<a class="service" href="${baseUrl}?f=html">${service}</a>
<nav><a href="${baseUrl}/processes?f=html">Processes</a> · <a href="${baseUrl}/jobs?f=html">Jobs</a> · <a href="${baseUrl}/collections?f=html">Collections</a> · <a href="${baseUrl}/api?f=html">API</a> · <a href="${baseUrl}/conformance?f=html">Conformance</a></nav>
</header>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>${describeSignIn(signInFor(request))} The same as <a href="${here}${queryWith(query, { f: 'json' })}">JSON</a>. <a href="https://ogcapi.ogc.org/processes/">OGC API - Processes</a>, versions 1.0 and 2.0 (draft).</footer>
</body>
</html>
`;
}
