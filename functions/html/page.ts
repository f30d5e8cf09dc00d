import type { ApiRequest } from '../../core/api/http.ts';
import { queryWith } from '../../core/api/links.ts';
import { serviceTitle } from '../../core/api/service-title.ts';
import { signInFor } from '../../core/api/sign-in.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { pageStrings } from '../../strings/page.ts';
import { pageFiles } from './page-files.ts';
import { icon } from './parts/icons.ts';
import { html, Markup } from './parts/markup.ts';
import { pagePolicy } from './policy.ts';
import { canSignIn, describeSignIn, signInMarkup } from './sign-in.ts';
import type { Crumb, View } from './view.ts';
import { buildView } from './views.ts';

/** The page of a resource, and the policy under which a browser shows it. @param shown what a page shows beyond the resource */
export function page(
  request: ApiRequest,
  status: number,
  resource: unknown,
  shown?: unknown,
): { readonly html: string; readonly policy: string } {
  const view = buildView(request, status, resource, shown);
  return {
    html: shell(request, view, status >= 400).text,
    policy: pagePolicy(request.baseUrl, signInFor(request).origins),
  };
}

/** Where one can go from everywhere. */
const places = [
  ['/processes', pageStrings.processes],
  ['/jobs', pageStrings.jobs],
  ['/collections', pageStrings.collections],
  ['/api', pageStrings.api],
  ['/conformance', pageStrings.conformance],
] as const;

function shell(request: ApiRequest, view: View, isProblem: boolean): Markup {
  const { baseUrl, path, query } = request;
  const { title, heading, crumbs = [], content, isWide, refreshSeconds } = view;
  const service = serviceTitle();
  const signIn = signInFor(request);
  const here = `${baseUrl}${path === '/' ? '' : path}`;
  return html`<!doctype html>
<html lang="${pageStrings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}${title === service ? '' : ` - ${service}`}</title>
<link rel="icon" href="data:,">
${pageFiles(html`${signInMarkup(signIn, baseUrl)}${content}`, baseUrl)}${refreshSeconds === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`}
</head>
<body${isProblem ? new Markup(' class="problem"') : ''}${tilesMarkup()}>
<a class="skip" href="#content">${pageStrings.skip}</a>
<header class="top"><div>
<a class="service" href="${baseUrl}/?f=html">${icon('logo')}${service}</a>
<nav aria-label="${pageStrings.service}">${places.map(
    ([below, name]) =>
      html`<a href="${baseUrl}${below}?f=html"${path.startsWith(below) ? new Markup(' aria-current="page"') : ''}>${below === '/jobs' && canSignIn(signIn) ? pageStrings.myJobs : name}</a>`,
  )}</nav>${signInMarkup(signIn, baseUrl)}
</div></header>
<main id="content"${isWide ? new Markup(' class="wide"') : ''}>
${crumbs.length > 0 ? crumbsMarkup(crumbs) : ''}${heading ?? html`<h1>${title}</h1>`}
${content}
</main>
<footer><div>${canSignIn(signIn) ? '' : html`<span>${describeSignIn(signIn)}</span>`}<span>${pageStrings.asJson((text) => html`<a href="${here}${queryWith(query, { f: 'json' })}">${text}</a>`)}</span><span>${pageStrings.standard((text) => html`<a href="https://ogcapi.ogc.org/processes/">${text}</a>`)}</span></div></footer>
</body>
</html>
`;
}

/** What maps show below the layers, where the operator has chosen tiles. */
function tilesMarkup(): Markup | string {
  const tiles = optional(Env.MapTiles);
  return tiles === undefined
    ? ''
    : html` data-tiles="${tiles}" data-attribution="${optional(Env.MapAttribution) ?? ''}"`;
}

const crumbsMarkup = (crumbs: readonly Crumb[]): Markup =>
  html`<nav class="crumbs" aria-label="${pageStrings.breadcrumbs}"><ol>${crumbs.map(({ href, name }) => html`<li><a href="${href}">${name}</a></li>`)}</ol></nav>`;
