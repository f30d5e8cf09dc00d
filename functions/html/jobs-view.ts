import { jobStatuses } from '../../core/jobs/lifecycle.ts';
import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { processes } from '../../processes/index.ts';
import { flag } from './form/controls.ts';
import { pagingMarkup } from './paging.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { statusMarkup } from './status.ts';
import { table } from './table.ts';
import { technicalMarkup } from './technical.ts';
import { durationText, timeMarkup } from './times.ts';
import { type ApiQuery, crumb, type MakeView } from './view.ts';

export const jobsView: MakeView = ({ jobs, links, ...rest }, request) => {
  const found = jobs as readonly StatusInfo[];
  const { baseUrl, query } = request;
  return {
    title: 'Jobs',
    crumbs: [crumb(request, '/', 'Start')],
    content: html`${filters(baseUrl, query)}<div data-module="jobs">
${
  found.length === 0
    ? emptyMarkup(baseUrl, query)
    : table(
        ['Job', 'Status', 'Created', 'Duration', 'Message'],
        found.map((job) => jobCells(job, baseUrl)),
        'Jobs, newest first',
      )
}
</div>${pagingMarkup(links)}${technicalMarkup({ links, ...rest })}`,
  };
};

export const processTitle = (processID: string): string =>
  processes.find(({ id }) => id === processID)?.title ?? processID;

function jobCells(job: StatusInfo, baseUrl: string) {
  const { jobID, processID, title, status, progress, created, message, warnings } = job;
  return [
    {
      content: html`<a href="${baseUrl}/jobs/${jobID}?f=html">${title ?? processTitle(processID)}</a><br><small>${title === undefined ? '' : `${processTitle(processID)} · `}<code>${jobID.slice(0, 8)}</code></small>`,
    },
    { content: html`${statusMarkup(status, progress)}` },
    { content: timeMarkup(created), label: 'Created' },
    { content: durationText(job), label: 'Duration' },
    {
      content: html`${message ?? ''}${warnings ? html` <span class="status warning">${warnings} ${warnings === 1 ? 'warning' : 'warnings'}</span>` : ''}`,
    },
  ];
}

const filters = (baseUrl: string, query: ApiQuery): Markup =>
  html`<form class="filters" action="${baseUrl}/jobs"><input type="hidden" name="f" value="html">
<label>Status<select name="status"><option value="">Any</option>${jobStatuses.map((status) => html`<option${flag(query['status']?.includes(status), 'selected')}>${status}</option>`)}</select></label>
<label>Process<select name="processID"><option value="">Any</option>${processes.map(({ id, title }) => html`<option value="${id}"${flag(query['processID']?.includes(id), 'selected')}>${title}</option>`)}</select></label>
<button>${icon('search')}Show</button></form>`;

function emptyMarkup(baseUrl: string, query: ApiQuery): Markup {
  const isFiltered = ['status', 'processID', 'cursor', 'datetime'].some((name) => query[name]?.some(Boolean));
  return isFiltered
    ? html`<p class="lead">No job matches these filters. <a href="${baseUrl}/jobs?f=html">Show all jobs</a>.</p>`
    : html`<p class="lead">There are no jobs yet. <a href="${baseUrl}/processes?f=html">Choose a process</a> and run it; an execute request with the header <code>Prefer: respond-async</code> also creates a job.</p>`;
}
