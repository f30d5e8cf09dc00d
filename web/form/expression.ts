import { element } from '../shared/dom.ts';
import { strings } from '../strings.ts';

/** Below an expression: the words and functions that it may have, and the properties of the layer, to be put where the cursor is. */
export function enhanceExpression(field: HTMLElement, changed: () => void): void {
  const text = field.querySelector('textarea');
  const words = JSON.parse(field.dataset['offers'] ?? '[]') as string[];
  if (!text || words.length === 0) return;
  const insert = (word: string) => {
    const { selectionStart: at, selectionEnd: end, value } = text;
    const gap = at > 0 && !/[\s(]$/.test(value.slice(0, at)) ? ' ' : '';
    text.setRangeText(`${gap}${word}${word.endsWith('(') ? '' : ' '}`, at, end, 'end');
    text.focus();
    changed();
  };
  const functions = makeChooser(strings.insertWord, () => words, insert);
  const properties = makeChooser(strings.insertProperty, propertyNames, insert);
  const place = element('p', { class: 'offers' }, functions, properties);
  text.after(place);
  // Which properties there are is known when a layer has been chosen, after this.
  const show = () => {
    properties.hidden = propertyNames().length === 0;
  };
  field.addEventListener('focusin', show);
  field.addEventListener('pointerenter', show);
  show();
}

const propertyNames = (): string[] =>
  [...(document.getElementById('property-names')?.children ?? [])].map((option) => {
    const { value } = option as HTMLOptionElement;
    return /^[A-Za-z_]\w*$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
  });

/** A list whose entries are made when it is opened; it goes back to its title when one was chosen. */
function makeChooser(
  title: string,
  words: () => readonly string[],
  choose: (word: string) => void,
): HTMLSelectElement {
  const select = element('select', { 'aria-label': title });
  const fill = () => {
    select.replaceChildren(element('option', { value: '' }, title));
    for (const word of words()) select.append(element('option', { value: word }, word));
  };
  select.addEventListener('focus', fill);
  select.addEventListener('change', (event) => {
    event.stopPropagation();
    if (select.value !== '') choose(select.value);
    select.value = '';
  });
  fill();
  return select;
}
