import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { approximateLine } from '../../../../geo/raster/warp/approximate-line.ts';
import type { PointTransformer } from '../../../../geo/raster/warp/pixel-transformer.ts';

const computeLine = (exact: PointTransformer, start: number, row: number, count: number) => {
  const line = { columns: new Float64Array(count), rows: new Float64Array(count) };
  let calls = 0;
  approximateLine(
    (x, y) => {
      calls++;
      return exact(x, y);
    },
    start,
    row,
    line,
  );
  return { ...line, calls };
};

describe('an approximated line', () => {
  it('of a curve stays within a fourth of a pixel of it, with far fewer exact points', () => {
    const arbitrary = fc.record({
      radius: fc.double({ min: 500, max: 1e5, noNaN: true }),
      start: fc.double({ min: -100, max: 100, noNaN: true }),
      count: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ radius, start, count }) => {
        const exact: PointTransformer = (x, y) => [
          radius * Math.sin(x / radius),
          y + radius * Math.cos(x / radius),
        ];
        const { columns, rows, calls } = computeLine(exact, start, 3.5, count);
        for (let index = 0; index < count; index++) {
          const [x, y] = exact(start + index, 3.5)!;
          assert.ok(Math.abs(columns[index]! - x) + Math.abs(rows[index]! - y) < 0.25);
        }
        assert.ok(calls <= Math.max(8, count));
      }),
    );
  });

  it('of a straight line needs three exact points', () => {
    const { columns, rows, calls } = computeLine((x, y) => [2 * x + 1, y - x], 0.5, 7.5, 1000);
    assert.equal(calls, 3);
    assert.ok(Math.abs(columns[999]! - 2000) < 1e-9 && Math.abs(rows[999]! + 992) < 1e-9);
  });

  it('is NaN exactly where there is no place', () => {
    const hole = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(hole, ([from, length]) => {
        // The curve is so strong that no part of it is taken for a straight line.
        const exact: PointTransformer = (x, y) =>
          x >= from && x < from + length ? undefined : [x * x, y + x ** 3];
        const { columns } = computeLine(exact, 0, 0, 64);
        for (let index = 0; index < 64; index++)
          assert.equal(Number.isNaN(columns[index]!), exact(index, 0) === undefined, `at ${index}`);
      }),
    );
  });
});
