import type OlMap from 'ol/Map.js';
import Overlay from 'ol/Overlay.js';
import { mapStrings } from '../../../strings/map.ts';
import { formatNumber } from '../colours/classes.ts';
import { make } from '../shared/dom.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';

/** A feature of a layer, by its number there. */
export interface Picked {
  readonly layer: VectorMapLayer;
  readonly number: number;
}

/** Properties that are shown; the table has all. */
const MOST = 30;

/** The small window with the properties of what was clicked. All that is in it is text. */
export class Popup {
  readonly #overlay: Overlay;
  readonly #content = make('div', { class: 'content' });
  readonly element: HTMLElement;

  constructor(map: OlMap, closed: () => void) {
    const close = make(
      'button',
      { type: 'button', class: 'close', 'aria-label': mapStrings.close, onclick: () => this.close(closed) },
      '×',
    );
    this.element = make(
      'div',
      { class: 'popup', role: 'dialog', 'aria-label': mapStrings.attributes },
      close,
      this.#content,
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close(closed);
    });
    this.#overlay = new Overlay({
      element: this.element,
      positioning: 'bottom-center',
      offset: [0, -10],
      autoPan: { margin: 12 },
      stopEvent: true,
    });
    map.addOverlay(this.#overlay);
  }

  open(coordinate: number[], [first, ...more]: readonly [Picked, ...Picked[]], focus: boolean): void {
    const feature = first.layer.store.features[first.number];
    const rows = Object.entries(feature?.properties ?? {}).slice(0, MOST);
    this.#content.replaceChildren(
      make('strong', {}, first.layer.text.title),
      make('span', {}, featureName(first)),
      make(
        'dl',
        {},
        rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, cellText(value))]),
      ),
      ...(more.length > 0 ? [make('small', {}, mapStrings.moreHere(more.length))] : []),
    );
    this.#overlay.setPosition(coordinate);
    if (focus) this.element.querySelector('button')?.focus();
  }

  close(closed?: () => void): void {
    this.#overlay.setPosition(undefined);
    closed?.();
  }
}

/** What a feature is called, as a link where it has a page. */
function featureName({ layer, number }: Picked): Node | string {
  const id = layer.store.features[number]?.id;
  const name = mapStrings.feature(String(id ?? number + 1));
  const { items } = layer.text;
  if (items === undefined || id === undefined) return name;
  return make('a', { href: `${items}/${encodeURIComponent(id)}?f=html` }, name);
}

/** A value of a property as text. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
