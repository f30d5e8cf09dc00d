import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { easyTicks, makeBins } from '../../../web/map/chart/bins.ts';
import { classify, formatNumber, quantile } from '../../../web/map/colours/classes.ts';
import { rampColour } from '../../../web/map/colours/ramps.ts';

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
  minLength: 1,
});

describe('classes of values', () => {
  it('hold each number of which they were made, whichever the method', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('quantiles', 'equal'),
        fc.integer({ min: 3, max: 9 }),
        (values, method, count) => {
          const { entries, find } = classify(values, { method, count, ramp: 'viridis' });
          return values.every((value) => find(value) >= 0 && find(value) < entries.length);
        },
      ),
    );
  });

  it('by quantiles have as many values each', () => {
    const values = Array.from({ length: 100 }, (_, index) => index ** 2);
    const { entries, find } = classify(values, { method: 'quantiles', count: 5, ramp: 'YlGnBu' });
    const counts = entries.map((_, number) => values.filter((value) => find(value) === number).length);
    assert.deepEqual(counts, [20, 20, 20, 20, 20]);
  });

  it('of each value have the commonest, in their order, and none for the rest', () => {
    const values = ['b', 'a', 'b', null, ...Array.from({ length: 20 }, (_, index) => `rare ${index}`)];
    const { entries, find } = classify(values, { method: 'unique', count: 5, ramp: 'YlGnBu' });
    assert.equal(entries.length, 16);
    assert.ok(find('b') >= 0);
    assert.equal(find('unheard of'), -1);
    assert.equal(find(null), find(undefined));
  });

  it('have no place for what is not a number', () => {
    const { find } = classify([1, 2, 3], { method: 'equal', count: 3, ramp: 'viridis' });
    assert.deepEqual([find('1'), find(null), find(Number.NaN), find(4)], [-1, -1, -1, -1]);
  });

  it('quantiles are those of NumPy', () => {
    // numpy.quantile([1, 2, 4, 8, 16], [0.1, 0.5, 0.9])
    const sorted = [1, 2, 4, 8, 16];
    assert.deepEqual(
      [0.1, 0.5, 0.9].map((part) => Number(quantile(sorted, part).toFixed(9))),
      [1.4, 4, 12.8],
    );
  });
});

describe('bins of a histogram', () => {
  it('count each number once, between edges at easy numbers', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const bins = makeBins(values);
        return bins.reduce((sum, { count }) => sum + count, 0) === values.length && bins.length <= 27;
      }),
    );
    assert.deepEqual(easyTicks(3, 97, 5), [0, 20, 40, 60, 80, 100]);
  });
});

describe('numbers and colours', () => {
  it('numbers keep what counts', () => {
    const texts = [0, 12.3456789, 1234567, -0.00001234, 4.2e12, 123456789].map(formatNumber);
    assert.deepEqual(texts, ['0', '12.3457', '1,234,567', '-1.234e-5', '4.2e+12', '123,456,789']);
  });

  it('a ramp begins and ends with its ends, and stays there', () => {
    assert.deepEqual(rampColour('viridis', -1), rampColour('viridis', 0));
    assert.deepEqual(rampColour('viridis', 0), [68, 1, 84]);
    assert.deepEqual(rampColour('viridis', 2), [253, 231, 37]);
  });
});
