import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { histogramsMarkup } from '../../../functions/html/histogram.ts';

const statistics = (histogram: unknown) => ({ bands: [{ band: 1, histogram }] });

describe('the histogram of a raster in a page', () => {
  test('is a table with the bounds and the count of each bin, in an element that becomes a chart', () => {
    const { text } = Object(histogramsMarkup(statistics({ min: 0, max: 1, counts: [3, 5] })));
    assert.match(text, /<result-chart data-module="map" data-kind="histogram">/);
    assert.match(text, />0 – 0\.5<\/td><td[^>]*>3<\/td>/);
    assert.match(text, />0\.5 – 1<\/td><td[^>]*>5<\/td>/);
  });

  test('is not there where none was computed, and not of bins narrower than can be seen', () => {
    for (const value of [
      {},
      statistics(null),
      statistics(undefined),
      statistics({ min: 0, max: 1, counts: Array.from({ length: 257 }, () => 1) }),
    ])
      assert.equal(histogramsMarkup(value), '');
  });
});
