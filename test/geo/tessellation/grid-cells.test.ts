import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Bounds } from '../../../geo/geometry/bounds.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { closeRing, type Vertex } from '../../../geo/tessellation/convex.ts';
import { hexagonGrid, squareGrid } from '../../../geo/tessellation/grid-cells.ts';

const geos = await loadGeos();
const overlap = (one: readonly Vertex[], other: readonly Vertex[]): number =>
  geos.scope((scope) =>
    scope.area(
      scope.intersection(
        scope.read({ type: 'Polygon', coordinates: [closeRing(one)] }),
        scope.read({ type: 'Polygon', coordinates: [closeRing(other)] }),
      ),
    ),
  );
const outline = ([xmin, ymin, xmax, ymax]: Bounds): Vertex[] => [
  [xmin, ymin],
  [xmax, ymin],
  [xmax, ymax],
  [xmin, ymax],
];
const length = fc.double({ min: 0.01, max: 6, noNaN: true });
const bounds = fc
  .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), length, length)
  .map(([x, y, width, height]): Bounds => [x, y, x + width, y + height]);
const size = fc.double({ min: 0.5, max: 3, noNaN: true });

describe('squares', () => {
  it('cover the bounds once, from the south-western corner, row by row', () => {
    fc.assert(
      fc.property(bounds, size, (given, side) => {
        const { count, cells } = squareGrid(given, side);
        const all = [...cells];
        assert.equal(all.length, count);
        const [columns, rows] = [given[2] - given[0], given[3] - given[1]].map((extent) =>
          Math.ceil(extent / side - 1e-9),
        );
        assert.equal(count, columns! * rows!);
        for (const [index, { row, column, vertices }] of all.entries()) {
          assert.deepEqual([row, column], [Math.floor(index / columns!), index % columns!]);
          const [west, south] = [given[0] + column * side, given[1] + row * side];
          for (const [corner, [x, y]] of outline([west, south, west + side, south + side]).entries()) {
            assert.ok(Math.hypot(vertices[corner]![0] - x, vertices[corner]![1] - y) < 1e-12);
          }
        }
      }),
    );
  });

  it('are not one more because of a rounded quotient', () => {
    assert.equal(squareGrid([0, 0, 0.3, 0.3], 0.1).count, 9);
    assert.equal(squareGrid([0, 0, 1, 1], 1e12).count, 1);
  });
});

describe('hexagons', () => {
  const hexagon = (x: number, y: number, height: number): Vertex[] =>
    [0, 1, 2, 3, 4, 5].map((corner) => [
      x + (height / Math.sqrt(3)) * Math.cos((corner * Math.PI) / 3),
      y + (height / Math.sqrt(3)) * Math.sin((corner * Math.PI) / 3),
    ]);

  it('are those of an unbounded grid whose inside meets the bounds', () => {
    fc.assert(
      fc.property(bounds, size, (given, height) => {
        const { count, cells } = hexagonGrid(given, height);
        const actual = new Map([...cells].map((cell) => [`${cell.row} ${cell.column}`, cell.vertices]));
        assert.equal(actual.size, count);
        const side = height / Math.sqrt(3);
        for (let column = -2; column < (given[2] - given[0]) / side + 3; column++) {
          for (let row = -2; row < (given[3] - given[1]) / height + 3; row++) {
            const [x, y] = [
              given[0] + 1.5 * side * column,
              given[1] + height * (row + (column % 2 === 0 ? 0 : 0.5)),
            ];
            const expected = hexagon(x, y, height);
            const shared = overlap(expected, outline(given));
            // Whether a sliver counts is a matter of digits.
            if (shared > 0 && shared < 1e-6) continue;
            const found = actual.get(`${row} ${column}`);
            assert.equal(found !== undefined, shared > 0, `${row} ${column} ${shared}`);
            if (!found) continue;
            const area = (Math.sqrt(3) / 2) * height ** 2;
            assert.ok(Math.abs(overlap(found, expected) - area) < 1e-9 * area);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('share their vertices with their neighbours', () => {
    const uses = new Map<string, number>();
    for (const { vertices } of hexagonGrid([0, 0, 3, 3], 0.7).cells) {
      for (const vertex of vertices) uses.set(vertex.join(), (uses.get(vertex.join()) ?? 0) + 1);
    }
    assert.deepEqual([...new Set(uses.values())].sort(), [1, 2, 3]);
  });

  it('are counted before they are made', () => {
    assert.equal(hexagonGrid([0, 0, 1e9, 1e9], 1e-6).count > 1e29, true);
  });
});
