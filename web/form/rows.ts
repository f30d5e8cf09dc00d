import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';

/** A table of rows gets a button for one more. */
export function enhanceRows(table: HTMLTableElement, id: string): void {
  const body = table.tBodies[0];
  if (!body) return;
  const button = element('button', { type: 'button', class: 'small' }, scriptStrings.addRow);
  button.addEventListener('click', () => {
    const last = body.rows[body.rows.length - 1];
    if (!last) return;
    const row = last.cloneNode(true) as HTMLTableRowElement;
    const index = body.rows.length;
    for (const control of row.querySelectorAll<HTMLInputElement>('[name]')) {
      control.name = control.name.replace(new RegExp(`^${id}\\.\\d+\\.`), `${id}.${index}.`);
      control.setAttribute('aria-label', control.ariaLabel?.replace(/\d+$/, String(index + 1)) ?? '');
      control.value = '';
    }
    body.append(row);
    row.querySelector<HTMLElement>('[name]')?.focus();
  });
  table.closest('.scroll')?.after(button);
}
