import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor, element } from '../shared/dom.ts';

/** Puts a button on each text that is there to be copied. */
for (const text of askedFor('copy')) {
  const button = element('button', { type: 'button', class: 'copy' }, scriptStrings.copy);
  button.addEventListener('click', () => void copy(text, button));
  const around = element('div', { class: 'copyable' });
  text.replaceWith(around);
  around.append(text, button);
}

async function copy(text: HTMLElement, button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(text.textContent.trim());
  button.textContent = scriptStrings.copied;
  setTimeout(() => {
    button.textContent = scriptStrings.copy;
  }, 2000);
}
