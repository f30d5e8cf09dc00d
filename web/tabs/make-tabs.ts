import { element } from '../shared/dom.ts';

interface Tab {
  readonly title: string;
  readonly panel: HTMLElement;
}

let made = 0;

/** A list of tabs over panels, as the ARIA Authoring Practices have it: arrows go along, one panel shows. */
export function makeTabs(
  tabs: readonly Tab[],
  onChange: (index: number) => void = () => {},
): { readonly list: HTMLElement; readonly choose: (index: number) => void } {
  const group = `tabs-${made++}`;
  const buttons = tabs.map(({ title, panel }, index) => {
    panel.id ||= `${group}-panel-${index}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `${group}-tab-${index}`);
    return element(
      'button',
      { type: 'button', role: 'tab', id: `${group}-tab-${index}`, 'aria-controls': panel.id },
      title,
    );
  });
  const choose = (chosen: number) => {
    for (const [index, { panel }] of tabs.entries()) {
      panel.hidden = index !== chosen;
      buttons[index]?.setAttribute('aria-selected', String(index === chosen));
      buttons[index]?.setAttribute('tabindex', index === chosen ? '0' : '-1');
    }
    onChange(chosen);
  };
  const list = element('div', { role: 'tablist', class: 'tabs' }, ...buttons);
  list.addEventListener('click', ({ target }) => {
    const index = buttons.indexOf(target as HTMLButtonElement);
    if (index >= 0) choose(index);
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = (now + step + buttons.length) % buttons.length;
    choose(next);
    buttons[next]?.focus();
  });
  choose(0);
  return { list, choose };
}
