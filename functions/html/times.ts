import { html, type Markup } from './parts/markup.ts';

/** A time in UTC that people can read. */
export const timeMarkup = (time: string): Markup =>
  html`<time datetime="${time}">${time.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>`;

interface Times {
  readonly started?: string;
  readonly finished?: string;
}

/** How long a job has run; nothing where it has not ended. */
export function durationText({ started, finished }: Times): string {
  if (started === undefined || finished === undefined) return '';
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  if (seconds < 0.1) return '< 0.1 s';
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - 60 * minutes)} s`;
}
