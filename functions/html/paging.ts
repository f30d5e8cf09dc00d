import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';

interface PageLink {
  readonly href: string;
  readonly rel: string;
  readonly title?: string;
}

/** Links to the pages before and after, which keep being pages. */
export function pagingMarkup(links: unknown): Markup | string {
  const found = (links as readonly PageLink[]).filter(({ rel }) => rel === 'prev' || rel === 'next');
  if (found.length === 0) return '';
  return html`<nav class="actions" aria-label="${pageStrings.pages}">${found
    .toSorted((a, b) => (a.rel < b.rel ? 1 : -1))
    .map(
      ({ href, rel, title }) => html`<a class="button" rel="${rel}" href="${asPage(href)}">${title}</a>`,
    )}</nav>`;
}

function asPage(href: string): string {
  const url = new URL(href);
  url.searchParams.set('f', 'html');
  return url.href;
}
