import type { FeatureCollection } from 'geojson';
import { toLonLat } from 'ol/proj.js';
import { mapStrings } from '../../../strings/map.ts';
import { make } from '../shared/dom.ts';
import { makeIcon } from '../shared/icons.ts';
import { createMap, type MapSettings } from '../view/create-map.ts';
import { makeTools } from '../view/tools.ts';
import { DrawingMap, type Kind, kinds } from './drawing-map.ts';

export interface DrawingSettings extends MapSettings {
  readonly kinds: readonly Kind[];
  /** Whether only one thing is drawn. */
  readonly single: boolean;
}

/** The kinds that an attribute names; all without it. */
export const parseKinds = (text: string | undefined): readonly Kind[] => {
  const named = kinds.filter((kind) => text?.split(/\s+/).includes(kind));
  return named.length > 0 ? named : kinds;
};

/** A map to draw on, with its buttons. */
export class Drawing {
  readonly #drawing: DrawingMap;
  readonly #fit: () => void;

  constructor(host: HTMLElement, settings: DrawingSettings, changed: () => void) {
    const help = make('p', { class: 'help', role: 'status' });
    const canvas = make('div', {
      class: 'canvas',
      tabindex: 0,
      role: 'application',
      'aria-label': `${mapStrings.draw}. ${mapStrings.drawKeyboard}`,
    });
    const { map, duration } = createMap(canvas, settings);
    this.#drawing = new DrawingMap(map, settings.single);
    this.#fit = () => {
      const { extent } = this.#drawing;
      if (extent) map.getView().fit(extent, { padding: [40, 40, 40, 40], maxZoom: 16, duration });
    };
    const buttons = settings.kinds.map((kind) => {
      const button = make(
        'button',
        { type: 'button', 'aria-pressed': 'false', onclick: () => use(kind) },
        makeIcon(kind),
        mapStrings.drawKinds[kind],
      );
      return { kind, button };
    });
    const use = (kind: Kind) => {
      this.#drawing.use(kind);
      for (const other of buttons) other.button.setAttribute('aria-pressed', String(other.kind === kind));
      help.textContent = mapStrings.drawHelp[kind];
    };
    const act = (text: string, run: () => void, icon?: 'undo' | 'clear') =>
      make('button', { type: 'button', onclick: run }, icon ? [makeIcon(icon)] : [], text);
    const bar = make(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': mapStrings.draw },
      buttons.map(({ button }) => button),
      act(mapStrings.finish, () => this.#drawing.finish()),
      act(mapStrings.undo, () => this.#drawing.undo(), 'undo'),
      act(mapStrings.clear, () => this.#drawing.clear(), 'clear'),
    );
    const frame = make('div', { class: 'frame' }, canvas, makeTools(map, duration, this.#fit));
    host.replaceChildren(make('div', { class: 'map drawing' }, bar, frame, help));
    this.#drawing.addEventListener('change', changed);
    canvas.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#drawing.setVertex();
      else if (event.key === 'Backspace') this.#drawing.undo();
      else if (event.key === 'Escape') this.#drawing.finish();
      else return;
      event.preventDefault();
    });
    use(settings.kinds[0] ?? 'polygon');
  }

  get value(): FeatureCollection | undefined {
    return this.#drawing.value;
  }

  set value(value: FeatureCollection | undefined) {
    this.#drawing.value = value;
    this.#fit();
  }

  /** West, south, east, north in degrees. */
  get bbox(): number[] | undefined {
    const { extent } = this.#drawing;
    if (!extent) return undefined;
    const [west = 0, south = 0, east = 0, north = 0] = extent;
    return [...toLonLat([west, south]), ...toLonLat([east, north])].map((degrees) =>
      Number(degrees.toFixed(7)),
    );
  }
}
