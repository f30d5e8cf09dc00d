import { mapStrings } from '../../../strings/map.ts';
import { make } from '../shared/dom.ts';
import type { LayerRequest } from './layer.ts';

/**
 * A layer that is not loaded before somebody wants it, because it is large or has to be converted, with the button for that.
 * @param load hears whether the keyboard was at the button; says whether the layer is there
 */
export function makeOffer(
  { title, role, convertAt }: LayerRequest,
  load: (hasFocus: () => boolean) => Promise<boolean>,
): HTMLElement {
  const button = make(
    'button',
    { type: 'button', 'aria-label': mapStrings.showOnMap(title) },
    mapStrings.showOnMapShort,
  );
  const notes = [
    role === 'input' ? mapStrings.input : '',
    convertAt === undefined ? mapStrings.large : mapStrings.convertedFirst,
  ];
  const row = make(
    'li',
    {},
    make('div', {}, make('span', { class: 'title' }, title), button),
    make('p', { class: 'note' }, notes.filter(Boolean).join(' · ')),
  );
  const act = async () => {
    // A button that is disabled loses the focus.
    if (row.ariaBusy === 'true') return;
    row.ariaBusy = 'true';
    if (await load(() => row.contains(document.activeElement))) row.remove();
    row.ariaBusy = 'false';
  };
  button.addEventListener('click', () => void act());
  return row;
}
