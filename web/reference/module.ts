import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor, element } from '../shared/dom.ts';

/** A button that opens the interactive reference: a large component, which is loaded when it is wanted. */
for (const root of askedFor('reference')) {
  const { definition = '', style = '' } = root.dataset;
  const button = element('button', { type: 'button', class: 'primary' }, scriptStrings.openReference);
  button.addEventListener('click', () => {
    button.disabled = true;
    button.textContent = scriptStrings.loading;
    void open(root, definition, style);
  });
  root.replaceChildren(button);
}

async function open(root: HTMLElement, definition: string, style: string): Promise<void> {
  document.head.append(element('link', { rel: 'stylesheet', href: style }));
  const { showReference } = await import('./show-reference.ts');
  const place = element('div', { class: 'swagger' });
  root.className = '';
  root.replaceChildren(place);
  showReference(place, definition);
}
