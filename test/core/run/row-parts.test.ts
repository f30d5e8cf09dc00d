import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countRowParts, listRowParts, MOST_PARTS } from '../../../core/run/row-parts.ts';

test('parts are counted as they would be listed', () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 100_000 }),
    height: fc.integer({ min: 1, max: 500_000 }),
    weight: fc.constantFrom(1, 2, 3),
    effort: fc.constantFrom(1, 5),
  });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 100_000_000 }), fc.nat(20), (raster, divideAbove, halo) => {
      const { count, pixels } = countRowParts(raster, divideAbove, halo);
      fc.pre(count <= MOST_PARTS);
      const parts = listRowParts(raster, divideAbove, halo);
      const rows = Math.max(...parts.map(({ first, end }) => end - first + 2 * halo));
      assert.deepEqual([count, pixels], [parts.length, rows * raster.width * raster.weight]);
      assert.equal(parts.at(-1)?.end, raster.height);
    }),
  );
});

test('parts of what no worker could list are counted all the same', () => {
  for (const side of [1e9, 3e11, 1e300]) {
    const size = { width: side, height: side, weight: 1 };
    assert.ok(countRowParts(size, 100_000_000, 0).count > MOST_PARTS);
    assert.throws(() => listRowParts(size, 100_000_000, 0), RangeError);
  }
});
