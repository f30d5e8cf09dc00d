import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Position } from 'geojson';
import { joinLines, linearizeArcs } from '../../../geo/geometry/arcs.ts';

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
});
