import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barPlot } from '../../../scripts/generate/bar-plot.ts';
import { linePlot } from '../../../scripts/generate/line-plot.ts';

describe('plots', () => {
  test('of bars have a bar for each value, from one to it, and none for a gap', () => {
    const bars = [
      { title: 'a', values: [4, undefined] },
      { title: 'b', values: [0.25, 1] },
    ];
    const svg = barPlot('Title', ['one', 'other'], bars, { low: -2, high: 2, step: 2 });
    assert.equal(svg.match(/<rect [^>]*height="13"/g)?.length, 3);
    // From 1, in the middle, as far to the right as to the left.
    const widths = [...svg.matchAll(/width="(\d+)" height="13"/g)].map(([, width]) => Number(width));
    assert.deepEqual(widths, [225, 225, 1]);
  });

  test('of lines have a point for each value, between powers of ten', () => {
    const points = [
      [10, 2],
      [1000, 20],
    ] as const;
    const svg = linePlot('Title', ['x', 'y'], [{ name: 'a', points }]);
    assert.equal(svg.match(/<circle/g)?.length, 2);
    assert.match(svg, /<circle cx="70" /);
    assert.match(svg, /<circle cx="590" /);
    for (const tick of ['1', '10', '100', '1,000']) assert.match(svg, new RegExp(`>${tick}</text>`));
  });
});
