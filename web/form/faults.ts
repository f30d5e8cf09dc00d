import { element } from '../shared/dom.ts';

export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** What was wrong with a field as a whole; what a layer was read as stands elsewhere in it. */
const FAULT = ':scope > .fault';

/** Shows each fault at the field that its JSON pointer leads to, the others on top, and goes to the first. */
export function showFaults(form: HTMLFormElement, faults: readonly Fault[]): void {
  clearFaults(form);
  const general = form.querySelector<HTMLElement>('#faults');
  for (const fault of faults) {
    const [, id = '', rest = ''] = /^\/inputs\/([^/]+)(.*)$/.exec(fault.pointer) ?? [];
    const field = id === '' ? null : form.querySelector<HTMLElement>(`[data-input="${CSS.escape(id)}"]`);
    if (field) showAt(field, id, rest.replace(/^\/value$/, ''), fault.detail);
    else general?.append(line(fault.pointer, fault.detail));
  }
  if (general) general.hidden = general.childElementCount === 0;
  goToFirst(form);
}

const line = (place: string, detail: string): HTMLElement =>
  element('p', {}, ...(place === '' ? [] : [element('code', {}, place), ' ']), detail);

function showAt(field: HTMLElement, id: string, place: string, detail: string): void {
  field.classList.add('wrong');
  const box = saidAlready(field, id, detail) ?? faultBox(field, id);
  if (box.matches('.fault')) box.append(line(place, detail));
  const control = mainControl(field);
  control?.setAttribute('aria-invalid', 'true');
  control?.setAttribute('aria-describedby', [...descriptions(field), box.id].join(' '));
}

/** Ids of what describes the control of a field as long as nothing is wrong with it. */
const descriptions = (field: HTMLElement): string[] =>
  [...field.querySelectorAll('.hint, .unit, .doubt')].map(({ id }) => id).filter((id) => id !== '');

function faultBox(field: HTMLElement, id: string): HTMLElement {
  const there = field.querySelector<HTMLElement>(FAULT);
  if (there) return there;
  const box = element('div', { class: 'fault', id: `fault-${id}` });
  field.append(box);
  return box;
}

/** Where the same has been said of a layer when it was read. */
function saidAlready(field: HTMLElement, id: string, detail: string): HTMLElement | undefined {
  const said = field.querySelector<HTMLElement>('.said');
  if (!said?.textContent.endsWith(detail)) return undefined;
  said.id ||= `said-${id}`;
  return said;
}

/** The control of a field that is there to be seen. */
const mainControl = (field: HTMLElement): HTMLElement | undefined =>
  [...field.querySelectorAll<HTMLElement>('input:not([type=hidden]), select, textarea, [role=tab]')].find(
    (control) => control.offsetParent !== null && control.tabIndex >= 0,
  );

function goToFirst(form: HTMLFormElement): void {
  const first = form.querySelector<HTMLElement>('#faults:not([hidden]), .field.wrong');
  const folded = first?.closest('details');
  if (folded) folded.open = true;
  const target = first?.id === 'faults' ? first : first && (mainControl(first) ?? first);
  target?.focus();
  first?.scrollIntoView({ block: 'nearest' });
}

export function clearFaults(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLElement>('.field.wrong')) clearFault(field);
  const general = form.querySelector<HTMLElement>('#faults');
  general?.replaceChildren();
  if (general) general.hidden = true;
}

/** What was wrong with a field is no longer said of what it has become. */
export function clearFault(field: HTMLElement): void {
  if (!field.classList.contains('wrong')) return;
  field.classList.remove('wrong');
  field.querySelector(FAULT)?.remove();
  const described = descriptions(field).join(' ');
  for (const control of field.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    if (described) control.setAttribute('aria-describedby', described);
    else control.removeAttribute('aria-describedby');
  }
}
