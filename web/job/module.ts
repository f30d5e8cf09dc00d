import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { askedFor } from '../shared/dom.ts';
import { fetchPage } from '../shared/fetch-page.ts';
import { poll } from '../shared/poll.ts';
import { strings } from '../strings.ts';

/** The page of a job follows it to its end, and can cancel it or delete it. */
for (const root of askedFor('job')) {
  const url = root.dataset['job'] ?? '';
  const isRunning = ['accepted', 'running'].includes(root.dataset['status'] ?? '');
  if (isRunning) poll(() => follow(root, url));
  const cancel = root.querySelector<HTMLButtonElement>('[data-cancel]');
  if (cancel) confirmTwice(cancel, strings.cancelSure, () => void dismiss(url, cancel));
  const remove = root.querySelector<HTMLButtonElement>('[data-remove]');
  if (remove) confirmTwice(remove, strings.removeSure, () => void dismiss(url, remove));
}

let lastUpdate = '';

async function follow(root: HTMLElement, url: string): Promise<'new' | 'same' | 'end'> {
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!response.ok) return 'same';
  const job = (await response.json()) as StatusInfo;
  if (!['accepted', 'running'].includes(job.status)) {
    // The page of a job that has ended has its results: it is another page.
    location.reload();
    return 'end';
  }
  showStatus(root, job);
  if (job.updated === lastUpdate) return 'same';
  lastUpdate = job.updated;
  setTimeout(() => void showLog(root, url), 500);
  return 'new';
}

function showStatus(root: HTMLElement, { status, progress = 0, message = '' }: StatusInfo): void {
  const find = (name: string) => root.querySelector<HTMLElement>(`[data-${name}]`);
  const state = find('state')?.querySelector('.status');
  if (state) {
    state.className = `status ${status}`;
    state.textContent = status;
  }
  const bar = root.querySelector<HTMLProgressElement>('progress[data-progress]');
  if (bar) bar.value = progress;
  const texts = { percent: `${progress} %`, message };
  for (const [name, text] of Object.entries(texts)) {
    const place = find(name);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

async function showLog(root: HTMLElement, url: string): Promise<void> {
  const page = await fetchPage(`${url}/logs?f=html`);
  const table = page?.querySelector('main .scroll');
  if (table) root.querySelector('[data-log]')?.replaceChildren(document.importNode(table, true));
}

/** What cannot be undone is asked for twice, at the same button; after some seconds it is as before. */
function confirmTwice(button: HTMLButtonElement, question: string, act: () => void): void {
  const label = [...button.childNodes];
  let isAsked = false;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (isAsked) {
      act();
      return;
    }
    isAsked = true;
    button.textContent = question;
    setTimeout(() => {
      isAsked = false;
      if (!button.disabled) button.replaceChildren(...label);
    }, 5000);
  });
}

async function dismiss(url: string, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  button.textContent = strings.cancelling;
  const isRemoval = button.dataset['remove'] !== undefined;
  const response = await fetch(url, { method: 'DELETE', headers: { Accept: 'application/json' } });
  if (response.ok && isRemoval) location.assign(url.replace(/\/jobs\/[^/]*$/, '/jobs?f=html'));
  else location.reload();
}
