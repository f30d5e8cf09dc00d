/** Whether the page can draw: the module of maps says what it has. */
export const canDraw = (): boolean => customElements.get('draw-geometry') !== undefined;

/** Puts a map to draw on into a panel, once. It says with `change` that its `value` is another one. */
export function startDrawing(panel: HTMLElement, bbox = false): void {
  if (panel.childElementCount > 0) return;
  const made = document.createElement('draw-geometry');
  if (bbox) made.dataset['bbox'] = '';
  panel.append(made);
}
