import { element } from '../shared/dom.ts';

/** Puts the map to draw on into a panel, once. It says with `change` that its `value` is another one. */
export function startDrawing(panel: HTMLElement): void {
  if (panel.childElementCount > 0) return;
  panel.append(element('div', {}));
  const made = document.createElement('draw-geometry');
  panel.replaceChildren(made);
}
