import type { LogDocument } from '../../core/jobs/log.ts';
import type { LogEntry } from '../../core/run/run-log.ts';
import type { Fault } from '../../core/shared/errors.ts';
import { isObject } from '../../core/shared/json.ts';
import { jobsStrings } from '../../strings/jobs.ts';
import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';
import { table } from './table.ts';
import { technicalMarkup } from './technical.ts';
import { timeMarkup } from './times.ts';
import { membersMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

/** The log of a job as a table, warnings and errors marked. */
export const logView: MakeView = (resource, request) => {
  const { logs, ...rest } = resource as unknown as LogDocument;
  const jobID = request.pathParameters['jobID'] ?? '';
  return {
    title: jobsStrings.logOfJob,
    crumbs: [
      crumb(request, '/', pageStrings.start),
      crumb(request, '/jobs', pageStrings.jobs),
      crumb(request, `/jobs/${encodeURIComponent(jobID)}`, jobsStrings.jobCrumb(jobID.slice(0, 8))),
    ],
    content: html`${logTable(logs)}${technicalMarkup({ ...rest })}`,
  };
};

export const logTable = (logs: readonly LogEntry[]): Markup =>
  logs.length === 0
    ? html`<p class="soft">${jobsStrings.nothingLogged}</p>`
    : html`<div class="log-table">${table(jobsStrings.logColumns, logs.map(logCells), jobsStrings.oldestFirst)}</div>`;

/** What a line says besides. Faults that its message names are not said twice. */
function detailsMarkup(message: string, details: LogEntry['details']): Markup | string {
  if (details === undefined) return '';
  const { errors, ...rest } = details as Readonly<Record<string, unknown>>;
  const faults = Array.isArray(errors) ? errors.filter(isFault) : [];
  const others = faults.filter(({ detail }) => !message.includes(detail));
  const isAll = Array.isArray(errors) && faults.length === errors.length;
  const kept = isAll || errors === undefined ? rest : details;
  return html`${isAll && others.length > 0 ? html`<ul>${others.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detail}</li>`)}</ul>` : ''}${Object.keys(kept).length > 0 ? membersMarkup(kept) : ''}`;
}

const isFault = (value: unknown): value is Fault =>
  isObject(value) && typeof value['pointer'] === 'string' && typeof value['detail'] === 'string';

const levels: Readonly<Record<string, string>> = { info: 'dismissed', warning: 'warning', error: 'failed' };

const logCells = ({ time, level, message, details, count, progress }: LogEntry) => [
  { content: timeMarkup(time) },
  { content: html`<span class="status ${levels[level] ?? ''}">${jobsStrings.levels[level] ?? level}</span>` },
  {
    content: html`${message}${progress === undefined ? '' : html` <small>${jobsStrings.percent(progress)}</small>`}${count === undefined ? '' : html` <small>${jobsStrings.times(count)}</small>`}${detailsMarkup(message, details)}`,
  },
];
