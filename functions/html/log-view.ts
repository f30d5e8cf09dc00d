import type { LogDocument } from '../../core/jobs/log.ts';
import type { LogEntry } from '../../core/run/run-log.ts';
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
    title: 'Log of the job',
    crumbs: [
      crumb(request, '/', 'Start'),
      crumb(request, '/jobs', 'Jobs'),
      crumb(request, `/jobs/${encodeURIComponent(jobID)}`, `Job ${jobID.slice(0, 8)}`),
    ],
    content: html`${logTable(logs)}${technicalMarkup({ ...rest })}`,
  };
};

export const logTable = (logs: readonly LogEntry[]): Markup =>
  logs.length === 0
    ? html`<p class="soft">Nothing has been logged yet.</p>`
    : table(['Time', 'Level', 'Message'], logs.map(logCells), 'Log, oldest first');

const levels: Readonly<Record<string, string>> = { info: 'dismissed', warning: 'warning', error: 'failed' };

const logCells = ({ time, level, message, details, count, progress }: LogEntry) => [
  { content: timeMarkup(time) },
  { content: html`<span class="status ${levels[level] ?? ''}">${level}</span>` },
  {
    content: html`${message}${progress === undefined ? '' : html` <small>${progress} %</small>`}${count === undefined ? '' : html` <small>${count} times</small>`}${details === undefined ? '' : membersMarkup(details)}`,
  },
];
