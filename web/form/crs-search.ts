import names from 'crs-names.txt';
import { element } from '../shared/dom.ts';
import { findCrs, readNames } from './find-crs.ts';

const MOST = 30;

let known: Promise<ReturnType<typeof readNames>> | undefined;

/** Fills the list of CRSs while one is typing: by code and by words of the name, of all that the service knows. */
export async function searchCrs(field: HTMLElement): Promise<void> {
  known ??= fetch(new URL(names, import.meta.url)).then(async (response) => readNames(await response.text()));
  const all = await known;
  const list = document.getElementById('crs-names');
  const usual = [...(list?.children ?? [])];
  for (const input of field.querySelectorAll<HTMLInputElement>('input[list=crs-names]')) {
    const show = () => {
      const found = findCrs(all, input.value, MOST);
      const options = found.map(({ code, name }) => element('option', { value: code }, name));
      list?.replaceChildren();
      for (const option of options.length > 0 ? options : usual) list?.append(option);
    };
    input.addEventListener('input', show);
    show();
  }
}
