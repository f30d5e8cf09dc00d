import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { scriptStrings } from '../../strings/scripts.ts';
import { followJob } from '../job/follow-job.ts';
import { element } from '../shared/dom.ts';
import { fetchPage } from '../shared/fetch-page.ts';
import type { Fault } from './faults.ts';

/** How a job is named in the address of the page, so that a page that is loaded again shows it again. */
const HASH = /^#job=([\w-]+)$/;

const RETRY_MILLISECONDS = 3000;

/** Where the page of a process shows a job and what came of it; the form stays as it is, to be changed and run again. */
export class Outcome {
  readonly #place: HTMLElement;
  readonly #tell: (faults: readonly Fault[]) => void;

  /** @param tell hears what was wrong with a job that failed */
  constructor(place: HTMLElement, tell: (faults: readonly Fault[]) => void) {
    this.#place = place;
    this.#tell = tell;
  }

  /** Shows the job that the address names, if it names one. */
  restore(baseUrl: string): void {
    const [, jobID] = HASH.exec(location.hash) ?? [];
    if (jobID !== undefined) void this.show(`${baseUrl}/jobs/${jobID}`);
  }

  /** Shows a job as its own page does, and follows it. @param job its address */
  async show(job: string, isNew = false): Promise<void> {
    const hash = `#job=${job.slice(job.lastIndexOf('/') + 1)}`;
    history.replaceState(null, '', hash);
    const page = await fetchPage(`${job}?f=html`).catch(() => 'unreachable' as const);
    if (page === 'unreachable') {
      this.#say(scriptStrings.failedToAsk);
      setTimeout(() => {
        // Meanwhile another one may have been run.
        if (location.hash === hash) void this.show(job, isNew);
      }, RETRY_MILLISECONDS);
      return;
    }
    const found = page?.querySelector<HTMLElement>('[data-module~="job"]');
    if (!found) {
      this.#say(scriptStrings.jobNotShown);
      return;
    }
    const root = document.importNode(found, true);
    // The form to run it again is the one of this page.
    for (const again of root.querySelectorAll('.again, .notice p:has(a[href="#again"]), a[href="#again"]'))
      again.remove();
    const link = element('a', { class: 'button', href: `${job}?f=html` }, scriptStrings.openJob);
    root.querySelector('.job .actions')?.prepend(link);
    this.#put(root);
    if (isNew) this.#bringIntoView();
    followJob(root, {
      ended: () => void this.show(job),
      removed: () => {
        history.replaceState(null, '', location.pathname + location.search);
        this.#say(scriptStrings.removed);
      },
    });
    if (root.dataset['status'] === 'failed') await this.#explain(job);
  }

  /** Below a form, as on a phone, what comes of it begins at the top of the screen, so that there is room for a map. */
  #bringIntoView(): void {
    const { top } = this.#place.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 3) this.#place.scrollIntoView({ block: 'start' });
  }

  #say(text: string): void {
    this.#put(element('p', { class: 'notice', role: 'status' }, text));
  }

  #put(node: HTMLElement): void {
    this.#place.hidden = false;
    this.#place.replaceChildren(node);
  }

  async #explain(job: string): Promise<void> {
    const response = await fetch(job, { headers: { Accept: 'application/json' } });
    const { exception } = response.ok ? ((await response.json()) as StatusInfo) : {};
    if (exception?.errors)
      this.#tell(exception.errors.filter(({ pointer }) => pointer.startsWith('/inputs/')));
  }
}
