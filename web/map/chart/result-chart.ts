import { mapStrings } from '../../../strings/map.ts';
import { formatNumber } from '../colours/classes.ts';
import { make, makeSelect } from '../shared/dom.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';
import { propertyNames } from '../vector/vector-style.ts';
import type { ResultMap } from '../view/result-map.ts';
import type { Bar } from './bars.ts';
import { makeBins } from './bins.ts';
import { makeFigure } from './figure.ts';

/** Features, or rows of a table, of which each has a bar of its own; of more of them a chart shows how their values are spread. */
const MOST_BARS = 40;

/**
 * A chart of a table that stands in the element: its first column are the names, a column of numbers the values; which one,
 * the person chooses where there are several.
 */
export function chartOfTable(host: HTMLElement): void {
  const all = [...host.querySelectorAll('tr')];
  const texts = (row: HTMLElement | undefined) =>
    [...(row?.querySelectorAll('td, th') ?? [])].map(({ textContent }) => textContent.trim());
  const names = texts(all.find((row) => row.querySelector('td') === null));
  const rows = all.filter((row) => row.querySelector('td') !== null).map(texts);
  const isHistogram = host.dataset['kind'] === 'histogram';
  const columns = names.flatMap((_, column) =>
    column > 0 && rows.every((row) => isNumber(row[column])) ? [column] : [],
  );
  const isVaried = (column: number) => new Set(rows.map((row) => row[column])).size > 1;
  const first = isHistogram ? columns.at(-1) : (columns.find(isVaried) ?? columns[0]);
  if (first === undefined || rows.length < 2 || (!isHistogram && rows.length > MOST_BARS)) return;
  const place = make('div', {});
  const draw = (column: number) => {
    const bars = rows.map((row): Bar => ({ label: row[0] ?? '', value: toNumber(row[column]) }));
    place.replaceChildren(makeFigure(bars, isHistogram));
  };
  draw(first);
  if (!isHistogram && columns.length > 1)
    host.prepend(
      makeSelect(
        mapStrings.chart,
        columns.map((column) => [String(column), names[column] ?? ''] as const),
        String(first),
        (column) => draw(Number(column)),
      ),
      place,
    );
  else host.prepend(place);
}

const toNumber = (text = ''): number => Number(text.replace(/[,\s]/g, '') || Number.NaN);

const isNumber = (text: string | undefined): boolean => Number.isFinite(toNumber(text));

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
    const picker = makeSelect(
      mapStrings.chart,
      names.map((name) => [name, name] as const),
      property,
      (name) => {
        this.#property = name;
        this.#draw();
      },
    );
    if (values.length <= MOST_BARS) this.#drawEach(layer, property, values, picker);
    else this.#drawSpread(layer, property, values, picker);
  }

  /** A bar for each feature: of statistics of zones, for one. */
  #drawEach(layer: VectorMapLayer, property: string, values: readonly Valued[], picker: HTMLElement): void {
    const named = nameProperty(layer);
    const bars = values.map(({ number, value }) => {
      const { id, properties } = layer.store.features[number] ?? {};
      const name: unknown = (named === undefined ? undefined : properties?.[named]) ?? id;
      return { label: name === undefined ? mapStrings.feature(String(number + 1)) : String(name), value };
    });
    const choose = (bar: number) => {
      const { number } = values[bar] ?? {};
      if (number !== undefined) this.#map.choose(layer, [number]);
    };
    this.#host.replaceChildren(
      picker,
      makeFigure(bars, false, choose),
      asTable(named ?? mapStrings.rowNumber, property, bars, choose),
    );
  }

  /** How the values are spread, in classes. */
  #drawSpread(layer: VectorMapLayer, property: string, values: readonly Valued[], picker: HTMLElement): void {
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
    this.#host.replaceChildren(
      picker,
      makeFigure(bars, true, choose),
      asTable(property, mapStrings.count, bars, choose),
    );
  }
}

/** The same in words, for who cannot see the picture; each row has the button that a bar is. */
function asTable(
  names: string,
  values: string,
  bars: readonly Bar[],
  choose: (bar: number) => void,
): HTMLElement {
  const head = make('tr', {}, make('th', {}, names), make('th', {}, values));
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
    make('summary', {}, mapStrings.showTable),
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

/** The property that tells features apart for a person: the first with texts that are all different. */
function nameProperty({ store }: VectorMapLayer): string | undefined {
  return propertyNames(store).find((name) => {
    const texts = store.features.map(({ properties }) => properties?.[name] as unknown);
    return texts.every((text) => typeof text === 'string') && new Set(texts).size === texts.length;
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
