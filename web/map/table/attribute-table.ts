import { mapStrings } from '../../../strings/map.ts';
import { make, makeSelect } from '../shared/dom.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';
import { propertyNames } from '../vector/vector-style.ts';
import { cellText, type Picked } from '../view/popup.ts';
import type { ResultMap } from '../view/result-map.ts';
import { Grid } from './grid.ts';
import { tabSeparated } from './tab-separated.ts';

let tables = 0;

/**
 * The table of a map's features: what is selected in one is selected in the other. It takes the place of what stands in the element,
 * such as the table of the server, as soon as there are features.
 */
export class AttributeTable {
  readonly #map: ResultMap;
  readonly #host: HTMLElement;
  readonly #grid = new Grid(`attributes-${++tables}`, mapStrings.attributes);
  readonly #choice = make('span', { class: 'choice' });
  readonly #status = make('span', { class: 'status', role: 'status' });
  #layer: VectorMapLayer | undefined;
  #isChosen = false;
  #isThere = false;

  constructor(host: HTMLElement, map: ResultMap) {
    this.#map = map;
    this.#host = host;
    this.#grid.addEventListener('select', () => this.#selected());
    this.#grid.addEventListener('open', () => this.#zoom());
    this.#grid.element.addEventListener('copy', (event) => this.#copyEvent(event));
    map.addEventListener('layers', () => this.#offer());
    map.addEventListener('select', (event) => {
      const { detail } = event as CustomEvent<readonly Picked[]>;
      const [first] = detail;
      if (first) this.#show(first.layer);
      this.#grid.selectRows(detail.map(({ number }) => number));
      this.#say();
    });
    this.#offer();
  }

  #bar(): HTMLElement {
    const button = (text: string, act: () => void, title?: string) =>
      make('button', { type: 'button', onclick: act, title }, text);
    return make(
      'div',
      { class: 'bar' },
      this.#choice,
      this.#status,
      button(mapStrings.zoomToSelection, () => this.#zoom()),
      button(mapStrings.clearSelection, () => {
        this.#grid.selectRows([]);
        this.#selected();
      }),
      button(mapStrings.copyRows, () => void this.#copy(), mapStrings.copyHelp),
    );
  }

  /** Offers the layers that have rows; the one on top is shown first. */
  #offer(): void {
    const layers = this.#map.layers.filter((layer) => layer.kind === 'vector').toReversed();
    const [first] = layers;
    if (first && !this.#isThere) {
      this.#host.replaceChildren(this.#bar(), this.#grid.element);
      this.#isThere = true;
    }
    this.#host.hidden = !first && (this.#isThere || this.#host.childElementCount === 0);
    // The layer on top, unless the person has chosen another.
    if (!this.#isChosen || !this.#layer || !layers.includes(this.#layer)) this.#show(first);
    const chosen = this.#layer ? layers.indexOf(this.#layer) : 0;
    this.#choice.replaceChildren(
      ...(layers.length > 1
        ? [
            makeSelect(
              mapStrings.layer,
              layers.map(({ text }, index) => [String(index), text.title] as const),
              String(chosen),
              (index) => {
                this.#isChosen = true;
                this.#show(layers[Number(index)]);
              },
            ),
          ]
        : []),
    );
  }

  #show(layer: VectorMapLayer | undefined): void {
    if (layer === this.#layer) return;
    this.#layer?.removeEventListener('change', this.#renewed);
    this.#layer = layer;
    layer?.addEventListener('change', this.#renewed);
    this.#fill();
  }

  #filled: unknown;
  readonly #renewed = () => {
    if (this.#layer?.store !== this.#filled) this.#fill();
  };

  #fill(): void {
    const store = this.#layer?.store;
    this.#filled = store;
    const features = store?.features ?? [];
    const valueAt = (row: number, column: string): unknown => features[row]?.properties?.[column];
    this.#grid.show({
      count: features.length,
      columns: store ? propertyNames(store) : [],
      valueAt,
      textAt: (row, column) => cellText(valueAt(row, column)),
    });
    this.#say();
  }

  #selected(): void {
    const layer = this.#layer;
    if (!layer) return;
    const numbers = [...this.#grid.selection.rows];
    this.#map.select(numbers.map((number) => ({ layer, number })));
    this.#map.bringIntoView(layer, numbers);
    this.#say();
  }

  #zoom(): void {
    if (this.#layer) this.#map.zoomToFeatures(this.#layer, [...this.#grid.selection.rows]);
  }

  #say(text = mapStrings.selectedRows(this.#grid.selection.rows.size, this.#grid.order.length)): void {
    this.#status.textContent = text;
  }

  /** The selected rows, or all, in the order of the table. */
  #text(): { text: string; rows: number } {
    const features = this.#layer?.store.features ?? [];
    const columns = this.#layer ? propertyNames(this.#layer.store) : [];
    const { rows } = this.#grid.selection;
    const chosen = [...this.#grid.order].filter((row) => rows.size === 0 || rows.has(row));
    const values = chosen.map((row) =>
      columns.map((column) => features[row]?.properties?.[column] as unknown),
    );
    return { text: tabSeparated(columns, values), rows: chosen.length };
  }

  async #copy(): Promise<void> {
    const { text, rows } = this.#text();
    await navigator.clipboard.writeText(text);
    this.#say(mapStrings.copied(rows));
  }

  #copyEvent(event: ClipboardEvent): void {
    const { text, rows } = this.#text();
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    this.#say(mapStrings.copied(rows));
  }
}
