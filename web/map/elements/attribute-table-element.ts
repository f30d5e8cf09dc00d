import { ResultMapElement } from './result-map-element.ts';

/** `<attribute-table for="ID">`: the features of the layers of the map with that id, as a table; without it, of the map
 * that it stands in. */
export class AttributeTableElement extends HTMLElement {
  #started = false;

  async connectedCallback(): Promise<void> {
    if (this.#started) return;
    const map = this.closest('result-map') ?? document.getElementById(this.getAttribute('for') ?? '');
    if (!(map instanceof ResultMapElement)) return;
    this.#started = true;
    const [{ AttributeTable }, ready] = await Promise.all([import('../table/attribute-table.ts'), map.ready]);
    new AttributeTable(this, ready);
  }
}
