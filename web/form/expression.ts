import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { checkExpression } from './check-expression.ts';
import { areAllNamesKnown, NAMES_KNOWN, namesFor } from './properties.ts';

/** After so long without a key an expression is looked at: who is in the middle of a word is not told that it is unknown. */
const PAUSE_MILLISECONDS = 500;

/**
 * Below an expression: the words and functions that it may have, and the properties of the layer, to be put where the cursor is;
 * and what is plainly wrong with it.
 */
export function enhanceExpression(field: HTMLElement, changed: () => void): void {
  const text = field.querySelector('textarea');
  const words = JSON.parse(field.dataset['offers'] ?? '[]') as string[];
  if (!text || words.length === 0) return;
  const check = checkWhileTyping(field, text, words);
  const insert = (word: string) => {
    const { selectionStart: at, selectionEnd: end, value } = text;
    const gap = at > 0 && !/[\s(]$/.test(value.slice(0, at)) ? ' ' : '';
    text.setRangeText(`${gap}${word}${word.endsWith('(') ? '' : ' '}`, at, end, 'end');
    text.focus();
    changed();
    check();
  };
  const functions = makeChooser(scriptStrings.insertWord, () => words, insert);
  const properties = makeChooser(scriptStrings.insertProperty, () => namesFor(field).map(quoted), insert);
  text.after(element('p', { class: 'offers' }, functions, properties));
  // Which properties there are is known when a layer has been chosen, after this.
  const show = () => {
    properties.hidden = namesFor(field).length === 0;
  };
  field.closest('form')?.addEventListener(NAMES_KNOWN, () => {
    show();
    check();
  });
  show();
}

/** A name as an expression has it: in quotation marks where it is more than a word. */
const quoted = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** Says below an expression what is wrong with it, while it is written. @returns what looks at it again */
function checkWhileTyping(
  field: HTMLElement,
  text: HTMLTextAreaElement,
  offers: readonly string[],
): () => void {
  const id = `check-${field.dataset['input'] ?? ''}`;
  const said = element('p', { class: 'doubt', id, role: 'status' });
  text.after(said);
  text.setAttribute(
    'aria-describedby',
    [text.getAttribute('aria-describedby'), id].filter(Boolean).join(' '),
  );
  const look = () => {
    const bare = text.value.trim();
    const names = areAllNamesKnown(field) ? namesFor(field) : undefined;
    const fault = /^[[{]/.test(bare) ? faultOfJson(bare) : checkExpression(bare, { offers, names });
    if (said.textContent !== (fault ?? '')) said.textContent = fault ?? '';
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MILLISECONDS);
  };
  // Not at once where the field is left: what it says would push the button away that is being pressed.
  text.addEventListener('input', later);
  look();
  return later;
}

function faultOfJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return scriptStrings.noJson(scriptStrings.pastedText, (error as Error).message);
  }
}

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
