import { element } from '../shared/dom.ts';

const MOST = 1000;

/** The list of names that fields offer of the properties of a layer; the service makes it, empty. */
const listOf = (layer: string): HTMLElement | null => document.getElementById(`properties-of-${layer}`);

/** Fires on the form when other names are known: what has been typed may be right or wrong now. */
export const NAMES_KNOWN = 'names-known';

/** Offers the names of the properties of a layer at the fields that name one of them. @param layer its field */
export function offerProperties(layer: HTMLElement, names: readonly string[]): void {
  const list = listOf(layer.dataset['input'] ?? '');
  if (!list) return;
  list.replaceChildren();
  for (const value of names.slice(0, MOST)) list.append(element('option', { value }));
  list.dataset['count'] = String(names.length);
  layer.closest('form')?.dispatchEvent(new Event(NAMES_KNOWN));
}

/** Names of the properties that a field may name, as far as they are known. */
export const namesFor = (field: HTMLElement): string[] =>
  [...(listOf(field.dataset['propertiesOf'] ?? '')?.children ?? [])].map(
    (option) => (option as HTMLOptionElement).value,
  );

/** Whether these are all the names that there are: then any other is wrong. */
export function areAllNamesKnown(field: HTMLElement): boolean {
  const list = listOf(field.dataset['propertiesOf'] ?? '');
  return list !== null && list.childElementCount > 0 && Number(list.dataset['count']) <= MOST;
}
