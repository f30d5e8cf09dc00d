import { ResultMapElement } from './result-map-element.ts';

/** `<attribute-table for="ID">`: the features of the layers of the map with that id, as a table. */
export class AttributeTableElement extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const map = document.getElementById(this.getAttribute('for') ?? '');
    if (!(map instanceof ResultMapElement)) return;
    const [{ AttributeTable }, ready] = await Promise.all([import('../table/attribute-table.ts'), map.ready]);
    new AttributeTable(this, ready);
  }
}
