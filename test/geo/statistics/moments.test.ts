import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BLOCK } from '../../../geo/statistics/exact-sum.ts';
import {
  computeMoments,
  joinMoments,
  meanFrom,
  momentsOf,
  noMoments,
  sumFrom,
  varianceFrom,
} from '../../../geo/statistics/moments.ts';

/** Doubles of all magnitudes, finite. */
const doubles = fc.array(
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  ),
  { maxLength: 60 },
);

const SCALE = 1074n;

/** A double times 2^1074. */
function scaled(value: number): bigint {
  let [numerator, exponent] = [value, 0n];
  while (!Number.isInteger(numerator)) [numerator, exponent] = [numerator * 2, exponent + 1n];
  return BigInt(numerator) << (SCALE - exponent);
}

/** Whether a double is one of those nearest to a number times 2^1074. */
function isNearest(value: number, exact: bigint): boolean {
  const most = scaled(Number.MAX_VALUE);
  if (!Number.isFinite(value)) return (value > 0 ? exact : -exact) > most;
  const distance = (other: number) => {
    const difference = scaled(other) - exact;
    return difference < 0n ? -difference : difference;
  };
  const step = Math.max(Number.MIN_VALUE, Math.abs(value) * 2 ** -52);
  return [value - step, value + step].every(
    (other) => !Number.isFinite(other) || distance(value) <= distance(other),
  );
}

const summary = (values: Parameters<typeof momentsOf>[0]) => {
  const moments = momentsOf(values);
  return [
    moments.count,
    moments.min,
    moments.max,
    sumFrom(moments),
    meanFrom(moments),
    varianceFrom(moments),
  ];
};

describe('moments of numbers', () => {
  it('have a sum that is rounded once', () => {
    fc.assert(
      fc.property(doubles, (values) => {
        const exact = values.reduce((sum, value) => sum + scaled(value), 0n);
        assert.ok(isNearest(sumFrom(momentsOf(values)), exact));
      }),
    );
  });

  it('are the same whatever the numbers are cut into, and in which order they are joined', () => {
    fc.assert(
      fc.property(doubles, fc.array(fc.nat(60), { maxLength: 5 }), fc.boolean(), (values, cuts, reversed) => {
        const ends = [...cuts.toSorted((one, other) => one - other), values.length];
        const parts = ends.map((end, part) => momentsOf(values.slice(ends[part - 1] ?? 0, end)));
        const joined = (reversed ? parts.toReversed() : parts).reduce(joinMoments, noMoments);
        assert.deepEqual(
          [joined.count, sumFrom(joined), meanFrom(joined), varianceFrom(joined)],
          [values.length, ...summary(values).slice(3)],
        );
      }),
    );
  });

  it('of integers and of fractions have the variance of the population', () => {
    for (const type of [Uint8Array, Int16Array, Uint32Array, Float32Array, Float64Array])
      assert.deepEqual(summary(type.from([2, 4, 4, 4, 5, 5, 7, 9])), [8, 2, 9, 40, 5, 4]);
    assert.deepEqual(summary([0.5, 0.25]), [2, 0.25, 0.5, 0.75, 0.375, 1 / 64]);
    // Nothing is left of the digits that the values share.
    assert.equal(varianceFrom(momentsOf([1e15 + 1, 1e15 + 2, 1e15 + 3])), 2 / 3);
  });

  it('are exact for numbers whose squares no double has', () => {
    assert.equal(varianceFrom(momentsOf([1e-300, -1e-300])), 0);
    assert.equal(varianceFrom(momentsOf([2 ** -530, -(2 ** -530)])), 2 ** -1060);
    assert.equal(varianceFrom(momentsOf([1e200, -1e200])), Infinity);
    assert.equal(varianceFrom(momentsOf([1e200, 1e200])), 0);
    assert.equal(
      sumFrom(momentsOf([Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE])),
      Number.MAX_VALUE,
    );
  });

  it('of more than a block are those of its blocks', async () => {
    const values = Float32Array.from({ length: 2 * BLOCK + 77 }, (_, index) => Math.sin(index) * 1000);
    const breaths: number[] = [];
    const moments = await computeMoments(values, async (done) => {
      breaths.push(done);
    });
    assert.deepEqual(breaths, [0, BLOCK, 2 * BLOCK]);
    const exact = values.reduce((sum, value) => sum + scaled(value), 0n);
    assert.ok(isNearest(sumFrom(moments), exact));
    assert.deepEqual(moments, momentsOf(values));
  });

  it('of singles are those of the same numbers as doubles, whatever their magnitudes', () => {
    const singles = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ min: Math.fround(-9000), max: Math.fround(9000), noNaN: true }),
      // With as many digits as singles have, from 1 to 2^n: about where the one way ends and the other one begins.
      fc
        .tuple(fc.integer({ min: -1, max: 33 }), fc.integer({ min: 2 ** 23, max: 2 ** 24 - 1 }))
        .map(([power, digits]) => digits * 2 ** (power - 24)),
    );
    fc.assert(
      fc.property(fc.array(singles, { maxLength: 60 }), (numbers) => {
        // Of two zeros none is the lesser.
        const values = numbers.map((value) => value + 0);
        assert.deepEqual(summary(Float32Array.from(values)), summary(Float64Array.from(values)));
      }),
    );
  });

  it('of a whole block of singles lose nothing at either end of their magnitudes', () => {
    const [large, small] = [2 - 2 ** -23, 2 ** -32 * (2 - 2 ** -23)];
    for (const share of [1, 2, 3, BLOCK]) {
      const values = Float32Array.from({ length: BLOCK }, (_, index) =>
        index % share === 0 ? large : small,
      );
      assert.deepEqual(summary(values), summary(Float64Array.from(values)));
      assert.deepEqual(
        summary(values.map((value, index) => (index % 5 === 0 ? -value : value))),
        summary(Float64Array.from(values, (value, index) => (index % 5 === 0 ? -value : value))),
      );
    }
  });

  it('of no values, infinities and what is no number are as doubles add up', () => {
    assert.deepEqual(summary([]), [0, Infinity, -Infinity, 0, Number.NaN, Number.NaN]);
    assert.deepEqual(summary([1, Infinity]), [2, 1, Infinity, Infinity, Infinity, Number.NaN]);
    assert.deepEqual(summary([1, -Infinity]).slice(3, 5), [-Infinity, -Infinity]);
    assert.deepEqual(summary([-Infinity, Infinity]).slice(3, 5), [Number.NaN, Number.NaN]);
    assert.deepEqual(summary([1, Number.NaN]).slice(1), Array(5).fill(Number.NaN));
    assert.deepEqual(summary(Float32Array.of(1, Number.NaN)).slice(1), Array(5).fill(Number.NaN));
    assert.deepEqual(summary(Float32Array.of(1, -Infinity)).slice(3, 5), [-Infinity, -Infinity]);
    assert.deepEqual(summary(Float32Array.of(0, 0)), [2, 0, 0, 0, 0, 0]);
  });
});
