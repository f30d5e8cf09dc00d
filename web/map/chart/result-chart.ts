import { formatNumber } from '../colours/classes.ts';
import { make, makeSelect } from '../shared/dom.ts';
import { strings } from '../shared/strings.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';
import { propertyNames } from '../vector/vector-style.ts';
import type { ResultMap } from '../view/result-map.ts';
import { type Bar, drawBars } from './bars.ts';
import { makeBins } from './bins.ts';

/** A chart of a table that stands in the element: its first column are the names, its last one with numbers the values. */
export function chartOfTable(host: HTMLElement): void {
  const table = host.querySelector('table');
  const bars = [...(table?.querySelectorAll('tr') ?? [])].flatMap((row): Bar[] => {
    const cells = [...row.querySelectorAll('td, th')].map(({ textContent }) => textContent.trim());
    const value = Number(cells.at(-1)?.replace(/[,\s]/g, '') || Number.NaN);
    return cells.length > 1 && Number.isFinite(value) ? [{ label: cells[0] ?? '', value }] : [];
  });
  if (bars.length > 1) host.prepend(make('figure', {}, drawBars(bars, host.dataset['kind'] === 'histogram')));
}

/** How the numbers of a property are spread over the features of a layer; a bar that is clicked selects its features. */
export class LayerChart {
  readonly #host: HTMLElement;
  readonly #map: ResultMap;
  #property: string | undefined;

  constructor(host: HTMLElement, map: ResultMap) {
    this.#host = host;
    this.#map = map;
    map.addEventListener('layers', () => this.#draw());
    this.#draw();
  }

  get #layer(): VectorMapLayer | undefined {
    return this.#map.layers.findLast((layer) => layer.kind === 'vector');
  }

  #draw(): void {
    const layer = this.#layer;
    const names = layer ? numericNames(layer) : [];
    const property = names.find((name) => name === this.#property) ?? names[0];
    this.#host.hidden = property === undefined;
    if (!layer || property === undefined) return;
    const values = valuesIn(layer, property);
    const bins = makeBins(values.map(({ value }) => value));
    const bars = bins.map(({ from, to, count }) => ({
      label: `${formatNumber(from)} – ${formatNumber(to)}`,
      tick: formatNumber(from),
      value: count,
    }));
    const choose = (bar: number) => {
      const { from = 0, to = 0 } = bins[bar] ?? {};
      const isLast = bar === bins.length - 1;
      this.#map.choose(
        layer,
        values
          .filter(({ value }) => value >= from && (value < to || (isLast && value <= to)))
          .map(({ number }) => number),
      );
    };
    const picker = makeSelect(
      strings.chart,
      names.map((name) => [name, name] as const),
      property,
      (name) => {
        this.#property = name;
        this.#draw();
      },
    );
    this.#host.replaceChildren(
      picker,
      make('figure', {}, drawBars(bars, true, choose)),
      asTable(property, bars, choose),
    );
  }
}

/** The same in words, for who cannot see the picture; each row has the button that a bar is. */
function asTable(property: string, bars: readonly Bar[], choose: (bar: number) => void): HTMLElement {
  const head = make('tr', {}, make('th', {}, property), make('th', {}, strings.count));
  const rows = bars.map(({ label, value }, index) =>
    make(
      'tr',
      {},
      make('td', {}, make('button', { type: 'button', class: 'plain', onclick: () => choose(index) }, label)),
      make('td', {}, formatNumber(value)),
    ),
  );
  return make(
    'details',
    {},
    make('summary', {}, strings.showTable),
    make('table', {}, make('thead', {}, head), make('tbody', {}, rows)),
  );
}

interface Valued {
  readonly number: number;
  readonly value: number;
}

function valuesIn({ store }: VectorMapLayer, property: string): Valued[] {
  return store.features.flatMap(({ properties }, number) => {
    const value: unknown = properties?.[property];
    return typeof value === 'number' && Number.isFinite(value) ? [{ number, value }] : [];
  });
}

/** Properties with more than one number. */
function numericNames(layer: VectorMapLayer): string[] {
  const sample = layer.store.features.slice(0, 1000);
  return propertyNames(layer.store).filter((name) => {
    const numbers = sample
      .map(({ properties }) => properties?.[name] as unknown)
      .filter((value) => typeof value === 'number');
    return new Set(numbers).size > 1;
  });
}
