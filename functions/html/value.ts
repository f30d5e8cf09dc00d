import { isObject } from '../../core/shared/json.ts';
import { html, type Markup } from './markup.ts';

type Members = Readonly<Record<string, unknown>>;

/** Any JSON value, with nothing left out (/req/html/content): members as a list, links as links, lists as lists. */
export function valueMarkup(value: unknown): Markup {
  if (Array.isArray(value)) return listMarkup(value);
  if (isObject(value)) return membersMarkup(value);
  if (typeof value === 'string' && /^https?:\/\/\S+$/.test(value))
    return html`<a href="${value}">${value}</a>`;
  return html`${String(value)}`;
}

function listMarkup(values: readonly unknown[]): Markup {
  if (values.length === 0) return html`<span class="none">none</span>`;
  if (values.every((value) => isLink(value))) {
    return html`<ul class="links">${values.map((value) => html`<li>${linkMarkup(value as Link)}</li>`)}</ul>`;
  }
  if (values.every((value) => !isObject(value) && !Array.isArray(value))) {
    return html`<span class="values">${values.map((value, index) => [index > 0 ? ', ' : '', valueMarkup(value)])}</span>`;
  }
  return html`<ul>${values.map((value) => html`<li>${valueMarkup(value)}</li>`)}</ul>`;
}

export const membersMarkup = (value: Members): Markup =>
  html`<dl>${Object.entries(value).map(([name, member]) => html`<dt>${name}</dt><dd>${valueMarkup(member)}</dd>`)}</dl>`;

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

/** Values may come from anybody: what is no address of the web, such as `javascript:`, is text and no link. */
const isLink = (value: unknown): boolean =>
  isObject(value) && /^https?:/.test(String(value['href'])) && typeof value['rel'] === 'string';

const linkMarkup = ({ href, rel, type, title }: Link): Markup =>
  html`<a href="${href}" rel="${relationOf(rel)}">${title ?? href}</a> <small>${relationOf(rel)}${type ? ` · ${type}` : ''}</small>`;

/** The last word of a relation that is a URI is what a reader recognises. */
const relationOf = (rel: string): string => rel.replace(/^https?:.*\//, '');
