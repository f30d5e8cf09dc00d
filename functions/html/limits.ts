import type { ProcessSummary } from '../../core/processes/describe.ts';
import { formatNumber } from '../../strings/language.ts';
import { processStrings } from '../../strings/process.ts';
import { html, type Markup } from './parts/markup.ts';

/** The bounds of a process as sentences. */
export function limitsMarkup(metadata: ProcessSummary['metadata']): Markup | string {
  const sentences = metadata.flatMap(({ role, title, value }) => {
    if (role === 'divided') return [`${title}.`];
    if (role === 'large-class-times') return [processStrings.limit(title, String(value))];
    return role.startsWith('limit-') && typeof value === 'number'
      ? [processStrings.limit(title, amount(role, value))]
      : [];
  });
  if (sentences.length === 0) return '';
  return html`<h2>${processStrings.limits}</h2><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

const MEGABYTE = 1024 ** 2;

const amount = (role: string, value: number): string =>
  /bytes/i.test(role) && value >= MEGABYTE
    ? processStrings.megabytes(value / MEGABYTE, grouped(value))
    : grouped(value);

/** A number whose digits are grouped by narrow spaces, as ISO 80000 has them. */
export const grouped = (value: number): string => formatNumber(value).replaceAll(',', '\u202f');
