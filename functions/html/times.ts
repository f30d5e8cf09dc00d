import { jobsStrings } from '../../strings/jobs.ts';
import { html, type Markup } from './parts/markup.ts';

/** A time in UTC that people can read. */
export const timeMarkup = (time: string): Markup =>
  html`<time datetime="${time}">${jobsStrings.time(time.replace('T', ' ').replace(/(\.\d+)?Z$/, ''))}</time>`;

interface Times {
  readonly started?: string;
  readonly finished?: string;
}

/** How long a job has run; nothing where it has not ended. */
export function durationText({ started, finished }: Times): string {
  if (started === undefined || finished === undefined) return '';
  const { durations } = jobsStrings;
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  if (seconds < 0.1) return durations.short;
  if (seconds < 60) return durations.seconds(seconds < 10 ? seconds.toFixed(1) : Math.round(seconds));
  const minutes = Math.floor(seconds / 60);
  return durations.minutes(minutes, Math.round(seconds - 60 * minutes));
}
