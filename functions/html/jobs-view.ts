import { jobStatuses } from '../../core/jobs/lifecycle.ts';
import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { processes } from '../../processes/index.ts';
import { jobsStrings } from '../../strings/jobs.ts';
import { pageStrings } from '../../strings/page.ts';
import { flag } from './form/controls.ts';
import { pagingMarkup } from './paging.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { statusMarkup } from './status.ts';
import { table } from './table.ts';
import { technicalMarkup } from './technical.ts';
import { durationText, timeMarkup } from './times.ts';
import { type ApiQuery, crumb, type MakeView } from './view.ts';

const { columns } = jobsStrings;

export const jobsView: MakeView = ({ jobs, links, ...rest }, request) => {
  const found = jobs as readonly StatusInfo[];
  const { baseUrl, query } = request;
  return {
    title: pageStrings.jobs,
    crumbs: [crumb(request, '/', pageStrings.start)],
    content: html`${filters(baseUrl, query)}<div data-module="jobs">
${
  found.length === 0
    ? emptyMarkup(baseUrl, query)
    : table(
        Object.values(columns),
        found.map((job) => jobCells(job, baseUrl)),
        jobsStrings.newestFirst,
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
    { content: timeMarkup(created), label: columns.created },
    { content: durationText(job), label: columns.duration },
    {
      content: html`${message ?? ''}${warnings ? html` <span class="status warning">${jobsStrings.warnings(warnings)}</span>` : ''}`,
    },
  ];
}

const filters = (baseUrl: string, query: ApiQuery): Markup =>
  html`<form class="filters" action="${baseUrl}/jobs"><input type="hidden" name="f" value="html">
<label>${jobsStrings.status}<select name="status"><option value="">${jobsStrings.any}</option>${jobStatuses.map((status) => html`<option value="${status}"${flag(query['status']?.includes(status), 'selected')}>${jobsStrings.statuses[status]}</option>`)}</select></label>
<label>${jobsStrings.process}<select name="processID"><option value="">${jobsStrings.any}</option>${processes.map(({ id, title }) => html`<option value="${id}"${flag(query['processID']?.includes(id), 'selected')}>${title}</option>`)}</select></label>
<button>${icon('search')}${jobsStrings.show}</button></form>`;

function emptyMarkup(baseUrl: string, query: ApiQuery): Markup {
  const isFiltered = ['status', 'processID', 'cursor', 'datetime'].some((name) => query[name]?.some(Boolean));
  return isFiltered
    ? html`<p class="lead">${jobsStrings.noneMatches((text) => html`<a href="${baseUrl}/jobs?f=html">${text}</a>`)}</p>`
    : html`<p class="lead">${jobsStrings.noneYet((text) => html`<a href="${baseUrl}/processes?f=html">${text}</a>`, html`<code>Prefer: respond-async</code>`)}</p>`;
}
