import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { fetchPage } from '../shared/fetch-page.ts';
import { poll, type Told } from '../shared/poll.ts';
import { statusThenLog } from './status-then-log.ts';

/** What becomes of a job, for whoever shows it. */
interface JobShown {
  /** It has ended, or was cancelled: what is shown of it is another thing now. */
  readonly ended: () => void;
  /** It is gone, with its results. */
  readonly removed: () => void;
}

/** Follows the job that an element shows to its end, and lets it be cancelled or deleted. */
export function followJob(root: HTMLElement, shown: JobShown): void {
  const url = root.dataset['job'] ?? '';
  if (isUnfinished(root.dataset)) {
    const log = () => showLog(root, url);
    poll(statusThenLog({ status: () => follow(root, url, shown), log }), document);
  }
  for (const [name, answers, after] of [
    ['cancel', scriptStrings.cancelSure, shown.ended],
    ['remove', scriptStrings.removeSure, shown.removed],
  ] as const) {
    const place = root.querySelector<HTMLElement>(`[data-${name}]`);
    if (place) confirmTwice(place, answers, (button) => void dismiss(name, url, button).then(after));
  }
}

const isUnfinished = ({ status = '' }: { readonly status?: string | undefined }): boolean =>
  ['accepted', 'running'].includes(status);

const updates = new WeakMap<HTMLElement, string>();

async function follow(root: HTMLElement, url: string, { ended }: JobShown): Promise<Told> {
  // Another job has taken the place of this one.
  if (!root.isConnected) return 'end';
  const response = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => undefined);
  if (response?.status === 404) {
    ended();
    return 'end';
  }
  if (!response?.ok) {
    // What is shown may be old by now; the next answer takes its place.
    showText(root, 'message', scriptStrings.failedToAsk);
    return 'same';
  }
  const job = (await response.json()) as StatusInfo;
  if (!isUnfinished(job)) {
    ended();
    return 'end';
  }
  showStatus(root, job);
  if (job.updated === updates.get(root)) return 'same';
  updates.set(root, job.updated);
  return 'new';
}

function showStatus(root: HTMLElement, { status, progress = 0, message = '' }: StatusInfo): void {
  const state = root.querySelector('[data-state] .status');
  if (state) {
    state.className = `status ${status}`;
    state.textContent = status;
  }
  const bar = root.querySelector<HTMLProgressElement>('progress[data-progress]');
  if (bar) bar.value = progress;
  showText(root, 'percent', `${progress} %`);
  showText(root, 'message', message);
}

function showText(root: HTMLElement, name: string, text: string): void {
  const place = root.querySelector(`[data-${name}]`);
  if (place && place.textContent !== text) place.textContent = text;
}

async function showLog(root: HTMLElement, url: string): Promise<void> {
  const page = await fetchPage(`${url}/logs?f=html`);
  const table = page?.querySelector('main .log-table');
  if (!table) return;
  root.querySelector('[data-log]')?.replaceChildren(document.importNode(table, true));
  const count = root.querySelector('.log > summary .count');
  if (count) count.textContent = String(table.querySelectorAll('tbody tr').length);
}

/** The answers between which somebody chooses before something is done that cannot be undone. */
interface Answers {
  readonly yes: string;
  readonly no: string;
}

/**
 * What cannot be undone is asked for twice: the first click turns the button into "yes", with a "no" beside it.
 * @param link that leads to where who has no scripts is asked; a button takes its place
 */
function confirmTwice(
  link: HTMLElement,
  { yes, no }: Answers,
  act: (button: HTMLButtonElement) => void,
): void {
  const button = element('button', { type: 'button', class: 'danger' }, ...link.childNodes);
  for (const [name, value] of Object.entries(link.dataset)) button.dataset[name] = value;
  link.replaceWith(button);
  const label = [...button.childNodes];
  const keep = element('button', { type: 'button' }, no);
  keep.addEventListener('click', () => {
    keep.remove();
    button.replaceChildren(...label);
    button.focus();
  });
  button.addEventListener('click', ({ detail }) => {
    // The second click of a double click is no answer.
    if (detail > 1) return;
    if (keep.isConnected) {
      keep.remove();
      act(button);
      return;
    }
    button.textContent = yes;
    button.after(keep);
  });
}

async function dismiss(what: 'cancel' | 'remove', url: string, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  button.textContent = scriptStrings.cancelling;
  const headers = { Accept: 'application/json' };
  try {
    // Of a job that has ended meanwhile, DELETE would delete the results, which nobody was asked about.
    if (what === 'cancel' && !isUnfinished((await (await fetch(url, { headers })).json()) as StatusInfo))
      return;
    await fetch(url, { method: 'DELETE', headers });
  } catch {
    // What is shown next tells what has become of it.
  }
}
