import type { ProcessSummary } from '../../core/processes/describe.ts';
import { html, type Markup } from './parts/markup.ts';

/** The bounds of a process as sentences. */
export function limitsMarkup(metadata: ProcessSummary['metadata']): Markup | string {
  const sentences = metadata.flatMap(({ role, title, value }) => {
    if (role === 'divided') return [`${title}.`];
    if (role === 'large-class-times') return [`${title}: ${value}.`];
    return role.startsWith('limit-') && typeof value === 'number'
      ? [`${title}: ${amount(role, value)}.`]
      : [];
  });
  if (sentences.length === 0) return '';
  return html`<h2>Limits</h2><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

const MEGABYTE = 1024 ** 2;

const amount = (role: string, value: number): string =>
  /bytes/i.test(role) && value >= MEGABYTE ? `${value / MEGABYTE} MB (${grouped(value)})` : grouped(value);

/** A number whose digits are grouped by narrow spaces, as ISO 80000 has them. */
export const grouped = (value: number): string => value.toLocaleString('en').replaceAll(',', '\u202f');
