import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import type { Asked } from './code.ts';
import { clearFaults, type Fault, showFaults } from './faults.ts';
import { readBatch, readFields } from './fields.ts';
import { Outcome } from './outcome.ts';
import { checkOnly, runBatch, startJob } from './submit.ts';

type Run = (asked: Asked, submitter: HTMLElement | null) => Promise<void>;

/**
 * What the buttons of a form do: the first runs and shows what comes of it beside the form, where there is room for that; the
 * others lead to the page of the job, or only check. A batch leads to the list of its jobs.
 */
export function makeRunner(form: HTMLFormElement, baseUrl: string): Run {
  const place = form.closest('.workbench')?.querySelector<HTMLElement>('[data-outcome]');
  const outcome = place ? new Outcome(place, (faults) => showFaults(form, faults)) : undefined;
  outcome?.restore(baseUrl);
  return async (asked, submitter) => {
    if (form.getAttribute('aria-busy') === 'true') return;
    hidePlan(form);
    const faults = [...readFields(form).faults].map(([id, detail]) => ({
      pointer: `/inputs/${id}`,
      detail,
    }));
    if (faults.length > 0) {
      showFaults(form, faults);
      return;
    }
    const isCheck = submitter?.classList.contains('check') ?? false;
    const doubts = isCheck ? [] : findDoubts(form);
    if (doubts.length > 0) {
      showFaults(form, doubts);
      return;
    }
    clearFaults(form);
    const free = makeBusy(form, isCheck ? submitter : null);
    const refused = isCheck
      ? await check(form, asked)
      : await start(form, asked, submitter?.classList.contains('later') ? undefined : outcome);
    if (refused === 'left') return;
    free();
    if (refused.length > 0) showFaults(form, refused);
  };
}

/** What is said to be unreadable already is not run by accident; another input may mend it, so that who insists runs it. */
function findDoubts(form: HTMLFormElement): readonly Fault[] {
  return [...form.querySelectorAll<HTMLElement>('[data-input]:has(.said .fault)')].flatMap((field) => {
    const said = field.querySelector('.said .fault')?.textContent ?? '';
    if (field.dataset['doubted'] === said) return [];
    field.dataset['doubted'] = said;
    return [{ pointer: `/inputs/${field.dataset['input'] ?? ''}`, detail: scriptStrings.doubt }];
  });
}

/** @returns what was wrong, or that the page is being left */
async function start(
  form: HTMLFormElement,
  asked: Asked,
  outcome: Outcome | undefined,
): Promise<readonly Fault[] | 'left'> {
  const batch = readBatch(form);
  if (batch) {
    const faults = await runBatch(asked, batch);
    if (faults.length > 0) return faults;
    location.assign(`${asked.baseUrl}/jobs?f=html&processID=${asked.processID}`);
    return 'left';
  }
  const started = await startJob(asked);
  if ('faults' in started) return started.faults;
  if (outcome) {
    await outcome.show(started.location, true);
    return [];
  }
  location.assign(`${started.location}?f=html`);
  return 'left';
}

async function check(form: HTMLFormElement, asked: Asked): Promise<readonly Fault[]> {
  const answer = await checkOnly(asked);
  if ('faults' in answer) return answer.faults;
  const place = form.querySelector<HTMLElement>('[data-plan]');
  if (!place) return [];
  place.hidden = false;
  place.replaceChildren();
  for (const sentence of answer.sentences) place.append(element('p', {}, sentence));
  return [];
}

function hidePlan(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-plan]');
  if (place) place.hidden = true;
}

/** Nothing is sent twice by accident. @param pressed the button that says what goes on; without it, the first */
function makeBusy(form: HTMLFormElement, pressed: HTMLElement | null): () => void {
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('.actions button')];
  const said = pressed ?? buttons[0];
  const label = said ? [...said.childNodes] : [];
  const set = (isBusy: boolean) => {
    form.setAttribute('aria-busy', String(isBusy));
    for (const button of buttons) button.disabled = isBusy;
  };
  set(true);
  said?.replaceChildren(pressed ? scriptStrings.checking : scriptStrings.running);
  return () => {
    set(false);
    said?.replaceChildren();
    for (const node of label) said?.append(node);
  };
}
