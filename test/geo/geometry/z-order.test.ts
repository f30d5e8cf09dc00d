import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { zOrder } from '../../../geo/geometry/z-order.ts';

const makeBoxes = (places: readonly (readonly [number, number])[]) =>
  Float64Array.from(places.flatMap(([x, y]) => [x, y, x, y]));

describe('boxes in Z-order', () => {
  it('follow the curve through quarters of quarters', () => {
    const places = [0, 1, 2, 3].flatMap((y) => [0, 1, 2, 3].map((x) => [x, y] as const));
    assert.deepEqual([...zOrder(makeBoxes(places))], [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
  });

  it('keep their order where they are at the same place or at none', () => {
    assert.deepEqual([...zOrder(new Float64Array(0))], []);
    assert.deepEqual(
      [
        ...zOrder(
          makeBoxes([
            [5, 5],
            [5, 5],
            [5, 5],
          ]),
        ),
      ],
      [0, 1, 2],
    );
    assert.deepEqual(
      [
        ...zOrder(
          makeBoxes([
            [9, 9],
            [0, 0],
            [Number.NaN, Number.NaN],
            [9, 9],
          ]),
        ),
      ],
      [1, 2, 0, 3],
    );
  });

  it('are each there once, sorted by the bits of both cells', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }));
    const corners = [
      [0, 0],
      [0xffff, 0xffff],
    ] as const;
    /** As whole numbers of the bits of y and x in turns. */
    const key = ([x, y]: readonly [number, number]): bigint =>
      Array.from({ length: 16 }, (_, bit) => bit).reduce(
        (sum, bit) =>
          sum | (BigInt((x >> bit) & 1) << BigInt(bit * 2)) | (BigInt((y >> bit) & 1) << BigInt(bit * 2 + 1)),
        0n,
      );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 50 }), (given) => {
        const places = [...given, ...corners];
        const order = [...zOrder(makeBoxes(places))];
        assert.deepEqual(
          [...order].sort((one, other) => one - other),
          [...places.keys()],
        );
        const scaled = places.map(([x, y]) => [cell(x), cell(y)] as const);
        for (const [index, position] of order.entries()) {
          if (index === 0) continue;
          const [before, own] = [key(scaled[order[index - 1]!]!), key(scaled[position]!)];
          assert.ok(before < own || (before === own && order[index - 1]! < position));
        }
      }),
    );
  });
});

/** The cell of a number from 0 to 65535. */
const cell = (value: number): number => Math.min(0xffff, Math.floor(value * (0x10000 / 0xffff)));
