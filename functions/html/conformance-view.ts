import { html } from './parts/markup.ts';
import { technicalMarkup } from './technical.ts';
import { valueMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

const names: Readonly<Record<string, string>> = {
  core: 'Core: describe and execute processes, monitor jobs, get results',
  'ogc-process-description': 'OGC process description',
  json: 'JSON for every resource',
  html: 'HTML for every resource',
  oas30: 'API definition in OpenAPI 3.0',
  oas31: 'API definition in OpenAPI 3.1',
  'job-list': 'Lists of jobs, with filters',
  callback: 'Callbacks to a URL when a job makes progress or ends',
  dismiss: 'Jobs can be cancelled and deleted',
  'kvp-execute': 'Execution by query parameters',
  'query-param-profile': 'Response profiles',
  'collection-input': 'Collections of this and other services as inputs',
  'remote-collections': 'Collections of other services',
  'local-filtering': 'Filters on inputs',
  'collection-output': 'Results as collections',
};

/** What is claimed, in words; each is a link to the requirements. */
export const conformanceView: MakeView = ({ conformsTo, ...rest }, request) => ({
  title: 'Conformance',
  crumbs: [crumb(request, '/', 'Start')],
  content: html`<p class="lead">Conformance classes of OGC API - Processes that this service implements. Each is covered by tests that name its requirements.</p>
<div class="scroll"><table class="fold"><thead><tr><th>Class</th><th>Version</th><th>URI</th></tr></thead><tbody>${(
    conformsTo as string[]
  ).map((uri) => {
    const [, version = '', name = ''] = /processes-1\/([^/]+)\/conf\/(.*)$/.exec(uri) ?? [];
    return html`<tr><td><strong>${names[name] ?? name}</strong></td><td data-label="Version">${version}</td><td><small>${valueMarkup(uri)}</small></td></tr>`;
  })}</tbody></table></div>${technicalMarkup(rest)}`,
});
