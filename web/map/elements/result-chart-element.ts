import { ResultMapElement } from './result-map-element.ts';

/**
 * `<result-chart>`: a chart above the table that stands in it; or, with `for="ID"`, of the numbers of the layers of the map with
 * that id.
 */
export class ResultChartElement extends HTMLElement {
  #started = false;

  async connectedCallback(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const { chartOfTable, LayerChart } = await import('../chart/result-chart.ts');
    const map = this.closest('result-map') ?? document.getElementById(this.getAttribute('for') ?? '');
    if (map instanceof ResultMapElement) new LayerChart(this, await map.ready);
    else chartOfTable(this);
    this.classList.add('started');
  }
}
