import { jobsStrings } from '../../strings/jobs.ts';
import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';

/** A status as colour and word, with the progress while it runs. */
export const statusMarkup = (status: string, progress: number | undefined): Markup =>
  html`<span class="status ${status}">${jobsStrings.statuses[status] ?? status}</span>${progress === undefined || status !== 'running' ? '' : html` <progress max="100" value="${progress}" aria-label="${pageStrings.progress}"></progress> <span class="count">${jobsStrings.percent(progress)}</span>`}`;
