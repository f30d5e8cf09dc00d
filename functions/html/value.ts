import { isObject } from '../../core/shared/json.ts';
import { cut } from '../../core/shared/quote.ts';
import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';

type Members = Readonly<Record<string, unknown>>;

/** Entries of a list that a page shows, and characters of a list of lists or of a text. */
const MOST = { entries: 1000, characters: 20_000 } as const;

/**
 * Any JSON value (/req/html/content): members as a list, links as links, lists as lists. Of lists and texts that are
 * longer than anybody reads it says how much more the JSON has.
 */
export function valueMarkup(value: unknown): Markup {
  if (Array.isArray(value)) return listMarkup(value);
  if (isObject(value)) return membersMarkup(value);
  if (typeof value === 'string' && /^https?:\/\/\S+$/.test(value))
    return html`<a href="${value}" rel="nofollow">${value}</a>`;
  return textMarkup(String(value));
}

function textMarkup(text: string): Markup {
  const shown = cut(text, MOST.characters);
  return html`${shown}${moreMarkup(text.length - shown.length, pageStrings.moreCharacters)}`;
}

const moreMarkup = (count: number, say: (count: number) => string): Markup | string =>
  count > 0 ? html` <small>${say(count)}</small>` : '';

function listMarkup(all: readonly unknown[]): Markup {
  if (all.length === 0) return html`<span class="none">${pageStrings.none}</span>`;
  // Coordinates, for one: lists of lists are as long as they like, and nobody reads them as lists.
  if (all.some((value) => Array.isArray(value))) return textMarkup(JSON.stringify(all));
  const more = moreMarkup(all.length - MOST.entries, pageStrings.moreEntries);
  return html`${entriesMarkup(all.slice(0, MOST.entries))}${more}`;
}

function entriesMarkup(values: readonly unknown[]): Markup {
  if (values.every((value) => isLink(value))) {
    return html`<ul class="links">${values.map((value) => html`<li>${linkMarkup(value as Link)}</li>`)}</ul>`;
  }
  if (values.every((value) => !isObject(value) && !Array.isArray(value))) {
    return html`<span class="values">${values.map((value, index) => [index > 0 ? ', ' : '', valueMarkup(value)])}</span>`;
  }
  return html`<ul>${values.map((value) => html`<li>${valueMarkup(value)}</li>`)}</ul>`;
}

export function membersMarkup(value: Members): Markup {
  const all = Object.entries(value);
  if (all.length === 0) return html`<span class="none">${pageStrings.none}</span>`;
  const members = all
    .slice(0, MOST.entries)
    .map(([name, member]) => html`<dt>${name}</dt><dd>${valueMarkup(member)}</dd>`);
  return html`<dl>${members}</dl>${moreMarkup(all.length - MOST.entries, pageStrings.moreMembers)}`;
}

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
  html`<a href="${href}" rel="${shortenRelation(rel)}${/\/execution(\?|$)/.test(href) ? ' nofollow' : ''}">${title ?? href}</a> <small>${shortenRelation(rel)}${type ? ` · ${type}` : ''}</small>`;

/** The last word of a relation that is a URI is what a reader recognises. */
const shortenRelation = (rel: string): string => rel.replace(/^https?:.*\//, '');
