import type OlMap from 'ol/Map.js';
import { mapStrings } from '../../../strings/map.ts';
import { make } from '../shared/dom.ts';
import { type IconName, makeIcon } from '../shared/icons.ts';

/** Buttons over the map: nearer, farther, everything. */
export function makeTools(map: OlMap, duration: number, fitAll: () => void): HTMLElement {
  const zoom = (by: number) => {
    const view = map.getView();
    view.animate({ zoom: (view.getZoom() ?? 1) + by, duration });
  };
  const button = (icon: IconName, label: string, act: () => void) =>
    make('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, makeIcon(icon));
  return make(
    'div',
    { class: 'tools' },
    button('zoomIn', mapStrings.zoomIn, () => zoom(1)),
    button('zoomOut', mapStrings.zoomOut, () => zoom(-1)),
    button('fitAll', mapStrings.fitAll, fitAll),
  );
}
