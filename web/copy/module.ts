import { strings } from '../strings.ts';

/** Puts a button before each text that is there to be copied. */
for (const element of document.querySelectorAll<HTMLElement>('[data-module~="copy"]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = strings.copy;
  button.addEventListener('click', () => void copy(element, button));
  element.before(button);
}

async function copy(element: HTMLElement, button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText((element.textContent ?? '').trim());
  button.textContent = strings.copied;
  setTimeout(() => {
    button.textContent = strings.copy;
  }, 2000);
}
