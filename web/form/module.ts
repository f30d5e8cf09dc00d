import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor } from '../shared/dom.ts';
import type { Asked } from './code.ts';
import { keepDraft, restoreDraft } from './draft.ts';
import { enhanceExpression } from './expression.ts';
import { enhanceExtent } from './extent.ts';
import { clearFault } from './faults.ts';
import { readFields, readOutputs } from './fields.ts';
import { formLink } from './link.ts';
import { enhanceRows } from './rows.ts';
import { makeRunner } from './run.ts';
import { showCode } from './show-code.ts';
import { enhanceSource } from './source-field.ts';

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
    const title = form.querySelector<HTMLInputElement>('#job-title')?.value.trim();
    return {
      baseUrl,
      processID,
      body: { ...(title ? { title } : {}), inputs, ...(outputs ? { outputs } : {}) },
    };
  };
  const run = makeRunner(form, baseUrl);
  const changed = () => {
    show(ask());
    keepDraft(form, key);
  };

  // What the service has said of the fields stays until somebody changes them.
  let isReady = false;
  for (const field of form.querySelectorAll<HTMLElement>('[data-input]')) {
    const { kind, input = '' } = field.dataset;
    if (kind === 'layer' || kind === 'raster')
      enhanceSource(field, baseUrl, () => {
        if (isReady) clearFault(field);
        changed();
      });
    if (kind === 'extent') enhanceExtent(field, changed);
    if (kind === 'expression') enhanceExpression(field, changed);
    const table = field.querySelector<HTMLTableElement>('table.rows');
    if (table) enhanceRows(table, input);
    if (kind === 'crs' || kind === 'extent')
      field.addEventListener(
        'focusin',
        () => void import('./crs-search.ts').then(({ searchCrs }) => searchCrs(field)),
        { once: true },
      );
  }
  isReady = true;
  form.addEventListener('input', ({ target }) => {
    const field = (target as Element).closest<HTMLElement>('[data-input]');
    if (field) clearFault(field);
    changed();
  });
  form.addEventListener('change', changed);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(ask(), event.submitter);
  });
  const share = code?.querySelector<HTMLButtonElement>('[data-share]');
  if (share) enableSharing(share, () => formLink(`${baseUrl}/processes/${processID}`, ask().body as never));
  changed();
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
    button.textContent = isWhole ? scriptStrings.linkCopied : scriptStrings.linkTooLong;
    setTimeout(() => button.replaceChildren(...label), 3000);
  });
}

// A page that is shown again from the browser's memory was busy when it was left.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
