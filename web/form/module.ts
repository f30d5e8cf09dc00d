import { askedFor } from '../shared/dom.ts';
import { strings } from '../strings.ts';
import type { Asked } from './code.ts';
import { keepDraft, restoreDraft } from './draft.ts';
import { enhanceExtent } from './extent.ts';
import { clearFaults, showFaults } from './faults.ts';
import { readBatch, readFields, readOutputs } from './fields.ts';
import { formLink } from './link.ts';
import { enhanceRows } from './rows.ts';
import { showCode } from './show-code.ts';
import { enhanceSource } from './source-field.ts';
import { runBatch, startJob } from './submit.ts';

for (const form of askedFor('form')) enhance(form as HTMLFormElement);

/** The form of a process, made better: the request follows each change, files go ahead, faults come to their fields. */
function enhance(form: HTMLFormElement): void {
  const { base: baseUrl = '', process: processID = '' } = form.dataset;
  const code = form.closest('.workbench')?.querySelector<HTMLElement>('[data-code]');
  const show = code ? showCode(code) : () => {};
  const key = `form ${location.pathname}`;
  const isFresh = [...new URLSearchParams(location.search).keys()].every((name) => name === 'f');
  if (isFresh && form.querySelector('.field.wrong') === null) restoreDraft(form, key);

  const ask = (): Asked => {
    const { inputs } = readFields(form);
    const outputs = readOutputs(form);
    return { baseUrl, processID, body: { inputs, ...(outputs ? { outputs } : {}) } };
  };
  const changed = () => {
    show(ask());
    keepDraft(form, key);
  };

  for (const field of form.querySelectorAll<HTMLElement>('[data-input]')) {
    const { kind, input = '' } = field.dataset;
    if (kind === 'layer' || kind === 'raster') enhanceSource(field, baseUrl, changed);
    if (kind === 'extent') enhanceExtent(field, changed);
    const table = field.querySelector<HTMLTableElement>('table.rows');
    if (table) enhanceRows(table, input);
    if (kind === 'crs' || kind === 'extent')
      field.addEventListener(
        'focusin',
        () => void import('./crs-search.ts').then(({ searchCrs }) => searchCrs(field)),
        { once: true },
      );
  }
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(form, ask());
  });
  const share = code?.querySelector<HTMLButtonElement>('[data-share]');
  if (share)
    enableSharing(share, () =>
      formLink(`${baseUrl}/processes/${processID}`, ask().body.inputs as never, ask().body.outputs as never),
    );
  changed();
}

async function run(form: HTMLFormElement, asked: Asked): Promise<void> {
  if (form.getAttribute('aria-busy') === 'true') return;
  const { faults } = readFields(form);
  if (faults.size > 0) {
    showFaults(
      form,
      [...faults].map(([id, detail]) => ({ pointer: `/inputs/${id}`, detail })),
    );
    return;
  }
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('.actions button')];
  const [first] = buttons;
  const label = first ? [...first.childNodes] : [];
  const setBusy = (isBusy: boolean) => {
    form.setAttribute('aria-busy', String(isBusy));
    for (const button of buttons) button.disabled = isBusy;
    if (isBusy) first?.replaceChildren(strings.running);
    else first?.replaceChildren(...label);
  };
  clearFaults(form);
  setBusy(true);
  const batch = readBatch(form);
  if (batch) {
    const faults = await runBatch(asked, batch);
    if (faults.length === 0) {
      location.assign(`${asked.baseUrl}/jobs?f=html&processID=${asked.processID}`);
      return;
    }
    setBusy(false);
    showFaults(form, faults);
    return;
  }
  const outcome = await startJob(asked);
  if ('location' in outcome) {
    location.assign(`${outcome.location}?f=html`);
    return;
  }
  setBusy(false);
  showFaults(form, outcome.faults);
}

function enableSharing(
  button: HTMLButtonElement,
  link: () => { readonly href: string; readonly isWhole: boolean },
): void {
  const label = [...button.childNodes];
  button.hidden = false;
  button.addEventListener('click', () => {
    const { href, isWhole } = link();
    void navigator.clipboard.writeText(href);
    button.textContent = isWhole ? strings.linkCopied : strings.linkTooLong;
    setTimeout(() => button.replaceChildren(...label), 3000);
  });
}

// A page that is shown again from the browser's memory was busy when it was left.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
