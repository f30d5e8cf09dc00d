import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { computeAnyStatistic, computeNumericStatistic } from '../../../geo/statistics/statistics.ts';

const values = [2, 4, 4, 4, 5, 5, 7, 9];

describe('statistics of numbers', () => {
  for (const [statistic, expected] of [
    ['sum', 40],
    ['min', 2],
    ['max', 9],
    ['mean', 5],
    ['median', 4.5],
    ['variance', 4],
    ['stddev', 2],
    ['range', 7],
  ] as const) {
    it(`${statistic}, also of typed arrays`, () => {
      assert.equal(computeNumericStatistic(statistic, values), expected);
      assert.equal(computeNumericStatistic(statistic, Float32Array.from(values)), expected);
      assert.equal(computeNumericStatistic(statistic, []), statistic === 'sum' ? 0 : null);
    });
  }

  it('lose nothing to rounding', () => {
    assert.equal(computeNumericStatistic('sum', [1e16, 1, -1e16]), 1);
    assert.equal(computeNumericStatistic('variance', [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]), 22.5);
  });

  it('do not change the values, nor depend on their order', () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (list) => {
        const copy = [...list];
        const sorted = list.toSorted((one, other) => one - other);
        for (const statistic of ['sum', 'min', 'max', 'median', 'range'] as const) {
          assert.equal(computeNumericStatistic(statistic, list), computeNumericStatistic(statistic, sorted));
        }
        assert.deepEqual(list, copy);
      }),
    );
  });
});

describe('statistics of anything', () => {
  it('count, take the first, and tell how many differ', () => {
    const mixed = ['b', 1, '1', { a: 1 }, { a: 1 }, 'b'];
    assert.equal(computeAnyStatistic('count', mixed), 6);
    assert.equal(computeAnyStatistic('first', mixed), 'b');
    assert.equal(computeAnyStatistic('unique', mixed), 4);
    assert.equal(computeAnyStatistic('first', []), null);
  });
});
