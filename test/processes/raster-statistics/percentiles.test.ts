import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { computePercentiles } from '../../../processes/raster-statistics/percentiles.ts';
import { makeRunContext } from '../../geo/formats/support.ts';

/** So many that not all of them are sorted. */
const MANY = (1 << 21) + 12_345;
const WANTED = [0, 2, 50, 50, 97.5, 100];

describe('percentiles of many values', () => {
  const check = async (name: string, valueAt: (index: number) => number) => {
    const values = Float32Array.from({ length: MANY }, (_, index) => valueAt(index));
    const sorted = values.toSorted();
    const found = await computePercentiles(values, WANTED, sorted[0]!, sorted.at(-1)!, makeRunContext({}));
    const expected = WANTED.map((percentile) => {
      const place = ((MANY - 1) * percentile) / 100;
      const lower = sorted[Math.floor(place)]!;
      return lower + (sorted[Math.ceil(place)]! - lower) * (place - Math.floor(place));
    });
    for (const [index, value] of found.entries())
      assert.ok(Math.abs(value - expected[index]!) <= 1e-9 * Math.abs(expected[index]!), `${name}: ${found}`);
    assert.equal(found.length, WANTED.length);
  };

  it('are those of the sorted values', async () => {
    await check('waves', (index) => Math.sin(index) * 100 + (index % 7));
    await check('crowded next to an outlier', (index) => (index === 5 ? 1e9 : Math.cos(index)));
    await check('all the same', () => -3.5);
    await check('hardly different', (index) => (index % 2) * 1e-44);
  });
});
