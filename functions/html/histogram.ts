import { isObject } from '../../core/shared/json.ts';
import { resultsStrings } from '../../strings/results.ts';
import { html, type Markup } from './parts/markup.ts';
import { table } from './table.ts';

interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

/** Bins that are shown as bars: with more of them each is narrower than a person can tell from the next. */
const MOST_BINS = 256;

/** The histograms of the bands in statistics of a raster, each as a table that scripts make a chart of. */
export function histogramsMarkup(value: Readonly<Record<string, unknown>>): Markup | string {
  const { bands } = value;
  if (!Array.isArray(bands)) return '';
  const shown = bands.filter(isObject).flatMap(({ band, histogram }) => {
    const isShown = isHistogram(histogram) && histogram.counts.length <= MOST_BINS;
    return isShown ? [chartMarkup(resultsStrings.band(String(band)), histogram)] : [];
  });
  return shown.length === 0 ? '' : html`${shown}`;
}

export const isHistogram = (value: unknown): value is Histogram =>
  isObject(value) &&
  typeof value['min'] === 'number' &&
  typeof value['max'] === 'number' &&
  Array.isArray(value['counts']) &&
  value['counts'].every((count) => typeof count === 'number');

function chartMarkup(title: string, { min, max, counts }: Histogram): Markup {
  const { values, pixels } = resultsStrings;
  const width = (max - min) / counts.length;
  const bound = (index: number): string => String(Number((min + index * width).toPrecision(6)));
  const rows = counts.map((count, index) => [
    { content: resultsStrings.range(bound(index), bound(index + 1)), label: values },
    { content: count, label: pixels, isNumber: true },
  ]);
  return html`<h4>${resultsStrings.histogram(title)}</h4><result-chart data-module="map" data-kind="histogram">${table([values, pixels], rows, resultsStrings.histogramOf(title))}</result-chart>`;
}
