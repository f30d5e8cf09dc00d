import { mapStrings } from '../../../strings/map.ts';
import { make, replaceChildren } from '../shared/dom.ts';
import { type IconName, makeIcon } from '../shared/icons.ts';
import type { MapLayer } from './layer.ts';
import { makeLegend, swatch } from './legend.ts';
import { makeStyleFields } from './style-panel.ts';

/** What the panel asks of the map. */
export interface LayerActions {
  readonly zoomTo: (layer: MapLayer) => void;
  /** Moves a layer by so many places, up being positive. */
  readonly move: (layer: MapLayer, by: number) => void;
}

/** The list of layers, that on top first, with what can be done to each. */
export class LayerPanel {
  readonly element = make('ul', { class: 'layers', 'aria-label': mapStrings.layers });
  readonly #rows = new Map<MapLayer, HTMLElement>();
  readonly #actions: LayerActions;

  constructor(actions: LayerActions) {
    this.#actions = actions;
  }

  /** @param layers in the order in which they are drawn, the lowest first. */
  show(layers: readonly MapLayer[]): void {
    const focused = document.activeElement;
    replaceChildren(
      this.element,
      layers.toReversed().map((layer) => this.#row(layer)),
    );
    if (focused instanceof HTMLElement && this.element.contains(focused)) focused.focus();
  }

  /** Puts the keyboard where a layer is. */
  focus(layer: MapLayer): void {
    this.#row(layer).querySelector('input')?.focus();
  }

  #row(layer: MapLayer): HTMLElement {
    const known = this.#rows.get(layer);
    if (known) return known;
    const row = this.#makeRow(layer);
    this.#rows.set(layer, row);
    return row;
  }

  #makeRow(layer: MapLayer): HTMLElement {
    const { title, role } = layer.text;
    const visible = make('input', { type: 'checkbox', checked: true, 'aria-label': mapStrings.show(title) });
    visible.addEventListener('change', () => layer.layer.setVisible(visible.checked));
    const patch = make('span', { class: 'patch' });
    const note = make('p', { class: 'note', role: 'status' });
    const legend = make('div');
    const fields = make('div', { class: 'fields' });
    const style = make('details', {}, make('summary', {}, mapStrings.style), fields, this.#opacity(layer));
    const update = () => {
      const single =
        layer.kind === 'vector' && !layer.styled.classes ? layer.styled.paints[0]?.stroke : undefined;
      patch.replaceChildren(...(single === undefined ? [] : [swatch(single)]));
      const said =
        layer.note || (layer.kind === 'vector' ? mapStrings.features(layer.store.features.length) : '');
      note.textContent = [role === 'input' ? mapStrings.input : '', said].filter(Boolean).join(' · ');
      legend.replaceChildren(makeLegend(layer));
      replaceFields(fields, makeStyleFields(layer));
    };
    layer.addEventListener('change', update);
    update();
    return make(
      'li',
      {},
      make(
        'div',
        { class: 'head' },
        make('label', {}, visible, patch, make('span', { class: 'title' }, title)),
        this.#button('zoomTo', mapStrings.zoomTo(title), () => this.#actions.zoomTo(layer)),
        this.#button('raise', mapStrings.raise(title), () => this.#actions.move(layer, 1)),
        this.#button('lower', mapStrings.lower(title), () => this.#actions.move(layer, -1)),
      ),
      note,
      legend,
      style,
    );
  }

  #button(icon: IconName, label: string, act: () => void): HTMLElement {
    return make(
      'button',
      { type: 'button', 'aria-label': label, title: label, onclick: act },
      makeIcon(icon),
    );
  }

  #opacity(layer: MapLayer): HTMLElement {
    const slider = make('input', {
      type: 'range',
      min: 0,
      max: 100,
      value: 100,
      'aria-label': mapStrings.opacity(layer.text.title),
    });
    slider.addEventListener('input', () => layer.layer.setOpacity(slider.valueAsNumber / 100));
    return make('label', {}, make('span', {}, mapStrings.opacityShort), slider);
  }
}

/** Puts new fields in place of those that are there, the keyboard staying where it was. */
function replaceFields(container: HTMLElement, fields: readonly HTMLElement[]): void {
  const place = [...container.children].findIndex((field) => field.contains(document.activeElement));
  replaceChildren(container, fields);
  fields[place]?.querySelector<HTMLElement>('select, input')?.focus();
}
