import type { ApiRequest } from '../../core/api/http.ts';
import type { LogDocument } from '../../core/jobs/log.ts';
import type { StatusInfo } from '../../core/jobs/status-info.ts';
import type { ProcessDescription, ProcessSummary } from '../../core/processes/describe.ts';
import { isObject } from '../../core/shared/json.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { collectionsView, itemsView } from './collections-view.ts';
import { logView } from './log-view.ts';
import { html, type Markup } from './markup.ts';
import { problemTypesView } from './problems-view.ts';
import { processView } from './process-view.ts';
import { membersMarkup, valueMarkup } from './value.ts';

export interface View {
  readonly title: string;
  readonly content: Markup;
}

type Resource = Readonly<Record<string, unknown>>;

/** What a page says: laid out for the resources that people look at, everything as it is for the others. */
export function buildView(request: ApiRequest, status: number, resource: unknown): View {
  const members = isObject(resource) ? resource : { value: resource };
  if (status >= 400) return problemView(members as unknown as ProblemDocument);
  return (
    views[request.operation.operationId]?.(members, request) ?? {
      title: request.operation.summary,
      content: membersMarkup(members),
    }
  );
}

const views: Readonly<Record<string, (resource: Resource, request: ApiRequest) => View>> = {
  getLandingPage: ({ title, description, ...rest }) => ({
    title: String(title),
    content: html`<p class="lead">${description as string}</p>${membersMarkup(rest)}`,
  }),
  getConformance: ({ conformsTo, ...rest }) => ({
    title: 'Conformance',
    content: html`<p class="lead">Conformance classes of OGC API - Processes that this service implements.</p>
<ul>${(conformsTo as string[]).map((uri) => html`<li>${valueMarkup(uri)}</li>`)}</ul>${membersMarkup(rest)}`,
  }),
  getApi: apiView,
  listProcesses: ({ processes, ...rest }, { query }) => ({
    title: 'Processes',
    content: html`<form><input type="search" name="q" value="${query['q']?.join(' ')}" aria-label="Words"> <input type="hidden" name="f" value="html"><button>Search</button></form>
${processTable(processes as ProcessSummary[])}${membersMarkup(rest)}`,
  }),
  describeProcess: (resource, request) => processView(resource as unknown as ProcessDescription, request),
  listJobs: ({ jobs, ...rest }) => ({
    title: 'Jobs',
    content: html`${jobTable(jobs as StatusInfo[])}${membersMarkup(rest)}`,
  }),
  listCollections: collectionsView,
  getCollectionItems: itemsView,
  getJob: jobView,
  getJobLog: (resource) => logView(resource as unknown as LogDocument),
  dismissJob: jobView,
};

const problemView = ({ title, detail, errors, ...rest }: ProblemDocument): View => ({
  title: `${rest.status}: ${title}`,
  content: html`${errors ? '' : html`<p class="lead">${detail}</p>`}
${errors ? html`<ul>${errors.map((fault) => html`<li><code>${fault.pointer || 'the request'}</code> ${fault.detail}</li>`)}</ul>` : ''}
${membersMarkup(rest as unknown as Resource)}`,
});

function processTable(processes: readonly ProcessSummary[]): Markup {
  if (processes.length === 0) return html`<p class="lead">There is no process of this kind.</p>`;
  return html`<div class="scroll"><table>
<tr><th>Process</th><th>What it does</th><th class="wide">Job control</th></tr>
${processes.map(
  ({ id, title, description, jobControlOptions, version, keywords, links }) => html`<tr>
<td><a href="${findAlternate(links)}">${title}</a><br><code>${id}</code> <small>${version}</small></td>
<td>${description}<br><small>${keywords.join(', ')}</small></td>
<td class="wide"><small>${jobControlOptions.join(', ')}</small></td>
</tr>`,
)}
</table></div>`;
}

const findAlternate = (links: readonly { href: string; rel: string }[]): string =>
  links.find(({ rel }) => rel === 'alternate')?.href ?? links[0]?.href ?? '';

function jobTable(jobs: readonly StatusInfo[]): Markup {
  if (jobs.length === 0) {
    return html`<p class="lead">No jobs. An execute request with the header <code>Prefer: respond-async</code> makes one.</p>`;
  }
  return html`<div class="scroll"><table>
<tr><th>Job</th><th>Process</th><th>Status</th><th>Created</th><th>Message</th></tr>
${jobs.map(
  ({ jobID, processID, status, progress, created, message, links }) => html`<tr>
<td><a href="${findAlternate(links)}"><code>${jobID}</code></a></td>
<td>${processID}</td>
<td>${statusMarkup(status, progress)}</td>
<td>${created}</td>
<td>${message ?? ''}</td>
</tr>`,
)}
</table></div>`;
}

const statusMarkup = (status: string, progress: number | undefined): Markup =>
  html`<span class="status ${status}">${status}</span>${progress === undefined || status !== 'running' ? '' : html` <progress max="100" value="${progress}"></progress> ${progress} %`}`;

function jobView({ status, progress, message, ...rest }: Resource): View {
  return {
    title: `Job ${String(rest['jobID'])}`,
    content: html`<p class="lead">${statusMarkup(String(status), progress as number | undefined)} ${message as string}</p>
${membersMarkup({ status, ...(progress === undefined ? {} : { progress }), ...rest })}`,
  };
}

interface ApiOperation {
  readonly summary?: string;
  readonly operationId?: string;
}

function apiView({ info, paths, ...rest }: Resource, { baseUrl }: ApiRequest): View {
  const { title, description, version } = info as { title: string; description: string; version: string };
  const rows = Object.entries(
    paths as Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'parameters')
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  );
  return {
    title: `${title}: API`,
    content: html`<p class="lead">${description} Version ${version}. The full definition: <a href="?f=json" type="application/vnd.oai.openapi+json;version=3.0">OpenAPI 3.0</a>, <a href="?f=oas31" type="application/vnd.oai.openapi+json;version=3.1">OpenAPI 3.1</a>.</p>
<div class="scroll"><table><tr><th>Method</th><th>Path</th><th></th></tr>
${rows.map(({ method, path, summary }) => html`<tr><td>${method}</td><td><code>${path}</code></td><td>${summary ?? ''}</td></tr>`)}
</table></div>${problemTypesView(baseUrl)}<h2>Servers</h2>${valueMarkup(rest['servers'])}`,
  };
}
