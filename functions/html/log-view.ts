import type { LogDocument } from '../../core/jobs/log.ts';
import type { LogEntry } from '../../core/run/run-log.ts';
import { html, type Markup } from './markup.ts';
import { membersMarkup } from './value.ts';
import type { View } from './views.ts';

/** The log of a job as a table, warnings and errors marked. */
export function logView({ logs, ...rest }: LogDocument): View {
  return {
    title: 'Log of the job',
    content: html`<div class="scroll"><table>
<tr><th>Time</th><th>Level</th><th>Message</th></tr>
${logs.map(renderRow)}
</table></div>${membersMarkup({ ...rest })}`,
  };
}

const renderRow = ({ time, level, message, details, count, progress }: LogEntry): Markup =>
  html`<tr><td>${time}</td><td><span class="status ${level === 'info' ? '' : 'failed'}">${level}</span></td>
<td>${message}${progress === undefined ? '' : html` <small>${progress} %</small>`}${count === undefined ? '' : html` <small>${count} times</small>`}${details === undefined ? '' : membersMarkup(details)}</td></tr>`;
