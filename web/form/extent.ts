import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { canDraw, startDrawing } from './drawing.ts';

/** An extent can be drawn as a rectangle; what was drawn stands in the field, in degrees. */
export function enhanceExtent(field: HTMLElement, changed: () => void): void {
  const [numbers, crs] = field.querySelectorAll<HTMLInputElement>('input');
  if (!numbers || !canDraw()) return;
  const panel = element('div', {});
  const folded = element('details', {}, element('summary', {}, scriptStrings.drawExtent), panel);
  folded.addEventListener('toggle', () => {
    if (folded.open) startDrawing(panel, true);
  });
  panel.addEventListener('change', (event) => {
    const { value } = event.target as HTMLElement & { value?: unknown };
    if (!Array.isArray(value)) return;
    numbers.value = value.map((degrees) => Number(Number(degrees).toFixed(6))).join(', ');
    if (crs) crs.value = '';
    changed();
  });
  field.append(folded);
}
