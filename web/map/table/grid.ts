import { mapStrings } from '../../../strings/map.ts';
import { make, replaceChildren } from '../shared/dom.ts';
import { rowsAsTheyAre, type Sorting, sortRows } from './order.ts';
import { type Gesture, Selection } from './selection.ts';

/** Pixels of a row, as the style sheet has them. */
const ROW = 30;
/** Rows above and below those that are seen, so that scrolling shows no gaps. */
const SPARE = 8;

/** What a table shows. */
export interface Rows {
  readonly count: number;
  readonly columns: readonly string[];
  readonly valueAt: (row: number, column: string) => unknown;
  /** A value as text; the number of the feature stands in the first column. */
  readonly textAt: (row: number, column: string) => string;
}

/**
 * A table of which only the rows in sight are in the page. Fires `select` when the person selects other rows, and
 * `open` when they want to see one.
 */
export class Grid extends EventTarget {
  readonly element: HTMLElement;
  readonly selection = new Selection();
  #rows: Rows = { count: 0, columns: [], valueAt: () => undefined, textAt: () => '' };
  #sorting: Sorting | undefined;
  #order: Uint32Array = new Uint32Array();
  #active = 0;
  /** Number of the order that was asked for last. */
  #asked = 0;
  readonly #head = make('div', { role: 'row', class: 'row head', 'aria-rowindex': 1 });
  readonly #body = make('div', { role: 'rowgroup', class: 'body' });
  readonly #id: string;

  constructor(id: string, label: string) {
    super();
    this.#id = id;
    this.element = make(
      'div',
      { role: 'grid', class: 'grid', tabindex: 0, 'aria-label': label, 'aria-multiselectable': 'true' },
      make('div', { role: 'rowgroup' }, this.#head),
      this.#body,
    );
    this.element.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#press(event));
    this.#body.addEventListener('click', (event) => this.#click(event));
    this.#body.addEventListener('dblclick', () => this.dispatchEvent(new Event('open')));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  get order(): Uint32Array {
    return this.#order;
  }

  show(rows: Rows): void {
    this.#rows = rows;
    this.#sorting = undefined;
    this.#active = 0;
    this.selection.replace([]);
    this.element.setAttribute('aria-rowcount', String(rows.count + 1));
    this.element.setAttribute('aria-colcount', String(rows.columns.length + 1));
    this.element.style.setProperty('--columns', columnWidths(rows));
    this.#body.style.height = `${rows.count * ROW}px`;
    this.#sort();
  }

  /** Marks rows that were selected elsewhere, and shows the first of them. */
  selectRows(rows: readonly number[]): void {
    this.selection.replace(rows);
    const place = rows[0] === undefined ? -1 : this.#order.indexOf(rows[0]);
    if (place >= 0) this.#goTo(place);
    this.#draw();
  }

  /** Shows at once by which column, and the rows in their order when that is found. */
  #sort(): void {
    const asked = ++this.#asked;
    const { count, valueAt } = this.#rows;
    this.#drawHead();
    const show = (order: Uint32Array) => {
      if (asked !== this.#asked) return;
      this.element.removeAttribute('aria-busy');
      this.#order = order;
      this.#draw();
    };
    if (!this.#sorting) {
      show(rowsAsTheyAre(count));
      return;
    }
    this.element.setAttribute('aria-busy', 'true');
    void sortRows(count, valueAt, this.#sorting).then(show);
  }

  #drawHead(): void {
    replaceChildren(this.#head, [
      make('span', { role: 'columnheader', class: 'number', 'aria-colindex': 1 }, mapStrings.rowNumber),
      ...this.#rows.columns.map((column, index) => this.#header(column, index + 2)),
    ]);
  }

  #header(column: string, index: number): HTMLElement {
    const { column: sorted, descending } = this.#sorting ?? {};
    const direction = sorted !== column ? 'none' : descending ? 'descending' : 'ascending';
    const sign = { none: '', ascending: ' ▲', descending: ' ▼' }[direction];
    const sort = () => {
      if (direction === 'descending') this.#sorting = undefined;
      else this.#sorting = { column, descending: direction === 'ascending' };
      this.#sort();
      this.#head.querySelectorAll('button')[index - 2]?.focus();
    };
    return make(
      'span',
      {
        role: 'columnheader',
        class: this.#isNumeric(column) ? 'number' : undefined,
        'aria-colindex': index,
        'aria-sort': direction,
      },
      make('button', { type: 'button', title: mapStrings.sortBy(column), onclick: sort }, column, sign),
    );
  }

  /** By the first value that is there: names stand over their values. */
  #isNumeric(column: string): boolean {
    for (let row = 0; row < Math.min(this.#rows.count, 50); row++) {
      const value = this.#rows.valueAt(row, column);
      if (value !== null && value !== undefined) return typeof value === 'number';
    }
    return false;
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - SPARE);
    const last = Math.min(this.#order.length, Math.ceil((scrollTop + clientHeight) / ROW) + SPARE);
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, index) => this.#row(first + index));
    replaceChildren(this.#body, rows);
    const active = `${this.#id}-${this.#active}`;
    if (rows.some(({ id }) => id === active)) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #row(place: number): HTMLElement {
    const row = this.#order[place] ?? 0;
    const element = make(
      'div',
      {
        role: 'row',
        class: place === this.#active ? 'row active' : 'row',
        id: `${this.#id}-${place}`,
        'aria-rowindex': place + 2,
        'aria-selected': this.selection.rows.has(row) ? 'true' : 'false',
      },
      make('span', { role: 'gridcell', class: 'number' }, String(row + 1)),
      this.#rows.columns.map((column) => this.#cell(row, column)),
    );
    element.style.transform = `translateY(${place * ROW}px)`;
    return element;
  }

  #cell(row: number, column: string): HTMLElement {
    const isNumber = typeof this.#rows.valueAt(row, column) === 'number';
    return make(
      'span',
      { role: 'gridcell', class: isNumber ? 'number' : undefined },
      this.#rows.textAt(row, column),
    );
  }

  #click(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest('[role=row]') : null;
    if (row) this.#gesture(event, Number(row.id.slice(this.#id.length + 1)));
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.element) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 2);
    const last = this.#order.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      this.#goTo(Math.min(last, Math.max(0, to)));
      if (event.shiftKey) this.#gesture(event, this.#active);
    } else if (event.key === ' ') this.#gesture({ ...pressed(event), ctrlKey: true }, this.#active);
    else if (event.key === 'Enter') {
      this.#gesture(pressed(event), this.#active);
      this.dispatchEvent(new Event('open'));
    } else return;
    event.preventDefault();
  }

  #gesture({ shiftKey, ctrlKey, metaKey }: Keys, place: number): void {
    const gesture: Gesture = shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'only';
    this.#active = place;
    this.selection.apply(gesture, place, this.#order);
    this.#draw();
    this.dispatchEvent(new Event('select'));
  }

  /** Makes a row the active one, and scrolls to it where it is out of sight. */
  #goTo(place: number): void {
    this.#active = place;
    const top = place * ROW;
    const seen = this.element.clientHeight - ROW - this.#head.offsetHeight;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top > this.element.scrollTop + seen) this.element.scrollTop = top - seen;
    this.#draw();
  }
}

type Keys = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

const pressed = ({ shiftKey, ctrlKey, metaKey }: Keys): Keys => ({ shiftKey, ctrlKey, metaKey });

/** Widths by what the first rows hold, within bounds. */
function columnWidths({ count, columns, textAt }: Rows): string {
  const sample = Array.from({ length: Math.min(count, 60) }, (_, row) => row);
  const widths = columns.map((column) => {
    const longest = sample.reduce(
      (most, row) => Math.max(most, textAt(row, column).length),
      column.length + 3,
    );
    return `${Math.min(36, Math.max(7, longest + 2))}ch`;
  });
  return [`${Math.max(String(count).length + 4, 7)}ch`, ...widths].join(' ');
}
