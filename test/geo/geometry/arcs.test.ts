import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Position } from 'geojson';
import { CurveError, joinLines, linearizeArcs } from '../../../geo/geometry/arcs.ts';

const onCircle = (degrees: number, radius = 10): Position => [
  5 + radius * Math.cos((degrees / 180) * Math.PI),
  -7 + radius * Math.sin((degrees / 180) * Math.PI),
];
const arc = (from: number, through: number, to: number) =>
  linearizeArcs([onCircle(from), onCircle(through), onCircle(to)]);

describe('an arc that becomes a line', () => {
  it('has vertices on its circle, at equal angles, as many as GDAL gives it', () => {
    // Found with GDAL 3.8: ogr2ogr -nlt CONVERT_TO_LINEAR.
    const counts = [
      [1, 7],
      [22.1, 7],
      [29.9, 7],
      [30.1, 9],
      [37.9, 9],
      [38.1, 11],
      [46.1, 13],
      [120, 31],
      [126.1, 33],
      [359, 91],
    ] as const;
    for (const [degrees, segments] of counts)
      for (const turn of [1, -1]) {
        const line = arc(10, 10 + turn * 0.4 * degrees, 10 + turn * degrees);
        assert.equal(line.length - 1, segments, String(degrees));
        for (const [index, position] of line.entries()) {
          const [x = 0, y = 0] = onCircle(10 + (turn * degrees * index) / segments);
          assert.ok(Math.hypot((position[0] ?? 0) - x, (position[1] ?? 0) - y) < 1e-9, String(index));
        }
      }
  });

  it('has the same vertices from either end', () => {
    assert.deepEqual(arc(200, 80, 33), arc(33, 80, 200).reverse());
  });

  it('is a circle where its ends are the same', () => {
    const line = linearizeArcs([onCircle(30), onCircle(210), onCircle(30)]);
    assert.equal(line.length - 1, 91);
    for (const [x = 0, y = 0] of line) assert.ok(Math.abs(Math.hypot(x - 5, y + 7) - 10) < 1e-9);
  });

  it('stays the line through three positions on a line, and what is no whole arc', () => {
    for (const line of [
      [],
      [[1, 2]],
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 0],
        [1, 1],
        [3, 3],
      ],
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ])
      assert.deepEqual(linearizeArcs(line), line);
  });

  it('is refused through a position that is no number, or beyond what can be computed', () => {
    for (const wrong of [Number.NaN, Infinity, 1e308, -1e76])
      for (const at of [0, 1, 2])
        for (const axis of [0, 1]) {
          const positions = [onCircle(0), onCircle(90), onCircle(180)];
          positions[at]![axis] = wrong;
          assert.throws(() => linearizeArcs(positions), CurveError, `${wrong}`);
        }
    const far = linearizeArcs([
      [0, 0],
      [1e75, 1e75],
      [2e74, 0],
    ]);
    assert.ok(far.length > 3 && far.flat().every(Number.isFinite));
  });

  it('has heights between those of its ends and its middle', () => {
    const line = linearizeArcs([
      [...onCircle(0), 10],
      [...onCircle(45), 20],
      [...onCircle(180), 50],
    ]);
    for (const [index, [, , height = Number.NaN]] of line.entries()) {
      const degrees = (180 * index) / 45;
      const expected = degrees < 45 ? 10 + (10 * degrees) / 45 : 20 + (30 * (degrees - 45)) / 135;
      assert.ok(Math.abs(height - expected) < 1e-9, `${height} for ${expected}`);
    }
  });

  it('goes on with the next arc, and says how many vertices each will have', () => {
    const told: number[] = [];
    const line = linearizeArcs(
      [0, 90, 180, 200, 220].map((degrees) => onCircle(degrees)),
      (vertices) => told.push(vertices),
    );
    assert.deepEqual(told, [45, 11]);
    assert.equal(line.length, 57);
    assert.deepEqual(line[45], onCircle(180));
  });
});

describe('the parts of a compound curve', () => {
  it('share their ends', () => {
    assert.deepEqual(
      joinLines([
        [
          [0, 0],
          [1, 1],
        ],
        [
          [1, 1],
          [2, 0],
        ],
      ]),
      [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
    );
    assert.deepEqual(joinLines([]), []);
  });

  const [start, end] = [
    [1, 1, 5],
    [2, 2, 6],
  ] as const;
  const line = () => [[...start], [...end]];

  it('may be empty, wherever they are', () => {
    assert.deepEqual(joinLines([[], line()]), line());
    assert.deepEqual(joinLines([line(), []]), line());
    const parts = [[], line(), [], [[...end], [3, 3, 7]], []];
    assert.deepEqual(joinLines(parts), [...line(), [3, 3, 7]]);
    assert.deepEqual(joinLines([[], []]), []);
  });

  it('are refused where they do not meet, also in their heights', () => {
    for (const next of [
      [5, 0, 6],
      [2, 2.001, 6],
      [2, 2, 7],
      [Number.NaN, 2, 6],
    ])
      assert.throws(
        () => joinLines([line(), [], [next, [9, 9, 9]]]),
        (error) =>
          error instanceof CurveError && /not contiguous: one ends at 2 2 6, and/.test(error.message),
        next.join(' '),
      );
  });

  it('meet also where their last digits differ, or one has no height', () => {
    for (const next of [
      [2 + Number.EPSILON * 2, 2, 6],
      [2, 2],
    ])
      assert.deepEqual(joinLines([line(), [next, [9, 9]]]), [...line(), [9, 9]]);
  });
});
