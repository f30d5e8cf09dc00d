import { askedFor } from '../shared/dom.ts';
import { fetchPage } from '../shared/fetch-page.ts';
import { poll, type Told } from '../shared/poll.ts';

/** The list of jobs follows those that are not at their end. */
for (const root of askedFor('jobs')) {
  const isLive = () => root.querySelector('.status.running, .status.accepted') !== null;
  if (isLive()) poll(() => refresh(root, isLive), document);
}

async function refresh(root: HTMLElement, isLive: () => boolean): Promise<Told> {
  const page = await fetchPage(location.href);
  const fresh = page?.querySelector('[data-module~="jobs"] tbody');
  const old = root.querySelector('tbody');
  if (!fresh || !old) return 'same';
  const isNew = fresh.innerHTML !== old.innerHTML;
  // A row that has the focus keeps it: the list is not replaced under the reader's hands.
  if (isNew && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
  if (!isLive()) return 'end';
  return isNew ? 'new' : 'same';
}
