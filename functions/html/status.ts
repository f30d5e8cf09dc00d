import { html, type Markup } from './parts/markup.ts';

/** A status as colour and word, with the progress while it runs. */
export const statusMarkup = (status: string, progress: number | undefined): Markup =>
  html`<span class="status ${status}">${status}</span>${progress === undefined || status !== 'running' ? '' : html` <progress max="100" value="${progress}" aria-label="Progress"></progress> <span class="count">${progress}\u00a0%</span>`}`;
