import { apiStrings } from '../../strings/api.ts';
import { pageStrings } from '../../strings/page.ts';
import { moduleFiles } from '../assets/module-files.ts';
import { html } from './parts/markup.ts';
import { problemTypesView } from './problems-view.ts';
import { valueMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

interface ApiOperation {
  readonly summary?: string;
  readonly operationId?: string;
}

/** What there is to ask for, and what errors mean. */
export const apiView: MakeView = ({ info, paths, ...rest }, request) => {
  const { title, description, version } = info as { title: string; description: string; version: string };
  const rows = Object.entries(
    paths as Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'parameters')
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  );
  return {
    title: apiStrings.title(title),
    crumbs: [crumb(request, '/', pageStrings.start)],
    content: html`<p class="lead">${apiStrings.lead(description, version, [
      html`<a href="?f=json" type="application/vnd.oai.openapi+json;version=3.0">${apiStrings.openapi30}</a>`,
      html`<a href="?f=oas31" type="application/vnd.oai.openapi+json;version=3.1">${apiStrings.openapi31}</a>`,
    ])}</p>
<div class="actions" data-module="reference" data-definition="${request.baseUrl}/api?f=json" data-style="${request.baseUrl}/assets/${moduleFiles('swagger').styles[0]}"></div>
<div class="scroll"><table class="fold"><thead><tr>${apiStrings.columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>
${rows.map(({ method, path, summary }) => html`<tr><td>${method}</td><td><code>${path}</code></td><td>${summary ?? ''}</td></tr>`)}
</tbody></table></div>${problemTypesView(request.baseUrl)}<h2>${apiStrings.servers}</h2>${valueMarkup(rest['servers'])}`,
  };
};
