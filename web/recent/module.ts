import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor, element } from '../shared/dom.ts';
import { fetchPage } from '../shared/fetch-page.ts';

/** The last jobs on the landing page, which itself is the same for everybody. */
for (const root of askedFor('recent')) {
  const place = root.querySelector<HTMLElement>('[data-recent]');
  const jobs = root.dataset['jobs'];
  if (place && jobs) void show(place, jobs);
}

async function show(place: HTMLElement, jobs: string): Promise<void> {
  const page = await fetchPage(`${jobs}?f=html&limit=5`).catch(() => undefined);
  if (!page) return;
  const table = page.querySelector('[data-module~="jobs"] .scroll');
  const all = element('a', { class: 'button', href: `${jobs}?f=html` }, scriptStrings.allJobs);
  place.replaceChildren(
    table ? document.importNode(table, true) : element('p', { class: 'soft' }, scriptStrings.noJobs),
    element('p', { class: 'actions' }, all),
  );
}
