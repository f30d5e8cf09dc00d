import { element } from '../shared/dom.ts';

const MOST = 1000;

/** Offers names of properties at the fields that name one: those of the layer that was chosen last. */
export function offerProperties(names: readonly string[]): void {
  const list = document.getElementById('property-names');
  if (names.length === 0 || !list) return;
  list.replaceChildren();
  for (const value of names.slice(0, MOST)) list.append(element('option', { value }));
}
