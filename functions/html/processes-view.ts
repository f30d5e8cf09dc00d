import type { ProcessSummary } from '../../core/processes/describe.ts';
import { pageStrings } from '../../strings/page.ts';
import { processesStrings } from '../../strings/processes.ts';
import { groupByFamily } from './families.ts';
import { pagingMarkup } from './paging.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { tilePicture } from './pictures.ts';
import { technicalMarkup } from './technical.ts';
import type { MakeView } from './view.ts';

/** The search over processes: the service finds them, and a script while one is typing. */
export const searchMarkup = (baseUrl: string, words: string): Markup =>
  html`<form class="search" role="search" action="${baseUrl}/processes">${icon('search')}<input type="search" name="q" value="${words}" aria-label="${processesStrings.search}" placeholder="${processesStrings.searchFor}" autocomplete="off"><input type="hidden" name="f" value="html"><input type="hidden" name="limit" value="1000"><button>${processesStrings.searchButton}</button></form>`;

export const processesView: MakeView = ({ processes, links, numberMatched, ...rest }, { baseUrl, query }) => {
  const found = processes as ProcessSummary[];
  const words = query['q']?.join(' ') ?? '';
  return {
    title: pageStrings.processes,
    content: html`<div data-module="search">${searchMarkup(baseUrl, words)}
<p class="soft" data-count aria-live="polite">${processesStrings.found(numberMatched as number)}${words === '' ? '' : processesStrings.foundFor(words)}</p>
${found.length === 0 ? html`<p class="lead">${processesStrings.noneFound((text) => html`<a href="${baseUrl}/processes?f=html">${text}</a>`)}</p>` : ''}
${groupByFamily(found).map(
  ([{ id, title }, members]) =>
    html`<section id="${id}" data-family><h2>${title} <span class="count">${members.length}</span></h2><ul class="tiles">${members.map((process) => processTile(process, baseUrl))}</ul></section>`,
)}</div>${pagingMarkup(links)}${technicalMarkup({ links, ...rest })}`,
  };
};

/** A process as a tile: what it does, and its words for the search. */
const processTile = (
  {
    id,
    title,
    description,
    keywords = [],
  }: Pick<ProcessSummary, 'id' | 'title' | 'description' | 'keywords'>,
  baseUrl: string,
): Markup =>
  html`<li class="tile" data-words="${[id, title, description, ...keywords].join(' ').toLowerCase()}">${tilePicture(id, baseUrl)}<h3><a href="${baseUrl}/processes/${id}?f=html">${title}</a></h3><p>${description}</p></li>`;
