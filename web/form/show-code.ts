import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { makeTabs } from '../tabs/make-tabs.ts';
import { type Asked, curlText, javascriptText, jsonText, pythonText } from './code.ts';

const MOST_SHOWN = 20_000;

const languages = [
  ['JSON', jsonText],
  ['curl', curlText],
  ['Python', pythonText],
  ['JavaScript', javascriptText],
] as const;

/** The request as code, which follows the form. @returns what shows another request */
export function showCode(panel: HTMLElement): (asked: Asked) => void {
  const place = panel.querySelector<HTMLElement>('[data-code-texts]');
  if (!place) return () => {};
  const texts = languages.map(([, write]) => ({
    write,
    shown: element('pre', { tabindex: '0' }),
    whole: '',
  }));
  const panels = texts.map((text, index) => {
    const copy = element('button', { type: 'button', class: 'copy' }, scriptStrings.copy);
    copy.addEventListener('click', () => {
      void navigator.clipboard.writeText(text.whole);
      copy.textContent = scriptStrings.copied;
      setTimeout(() => copy.replaceChildren(scriptStrings.copy), 2000);
    });
    return {
      title: languages[index]?.[0] ?? '',
      panel: element('div', { class: 'copyable' }, text.shown, copy),
    };
  });
  place.replaceChildren(makeTabs(panels).list);
  for (const { panel: one } of panels) place.append(one);
  return (asked) => {
    for (const text of texts) {
      text.whole = text.write(asked);
      text.shown.textContent =
        text.whole.length > MOST_SHOWN ? `${text.whole.slice(0, MOST_SHOWN)} …` : text.whole;
    }
  };
}
