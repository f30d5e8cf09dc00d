import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fillPolygon } from '../../../../geo/raster/burn/fill-polygon.ts';
import type { Path } from '../../../../geo/raster/burn/scanline.ts';

const size = { width: 14, height: 11 };
// Halves are where the middles of rows are.
const place = fc.oneof(
  fc.integer({ min: -8, max: 40 }).map((value) => value / 2),
  fc.double({ min: -4, max: 20, noNaN: true }),
);
const rings = fc
  .array(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 9 }), { maxLength: 3 })
  .map((all) => all.map((points) => makePath([...points, points[0]!])));

const makePath = (points: readonly (readonly [number, number])[]): Path => ({
  columns: Float64Array.from(points, ([column]) => column),
  rows: Float64Array.from(points, ([, row]) => row),
});

/** The pixels of all spans, which must lie within the grid. */
function filled(paths: readonly Path[], most?: number): Uint8Array {
  const mask = new Uint8Array(size.width * size.height);
  const burn = (row: number, from: number, to: number): void => {
    assert.ok(row >= 0 && row < size.height && from >= 0 && from < to && to <= size.width);
    mask.fill(1, row * size.width + from, row * size.width + to);
  };
  fillPolygon(paths, size, burn, most);
  return mask;
}

/** The pixels of a row between its cuts with the edges, found one by one. */
function isBetween(paths: readonly Path[], column: number, row: number): boolean {
  let before = 0;
  for (const { columns, rows } of paths) {
    for (let index = 1; index < columns.length; index++) {
      const upper = rows[index - 1]! < rows[index]! ? index - 1 : index;
      const lower = 2 * index - 1 - upper;
      const [top, bottom] = [rows[upper]!, rows[lower]!];
      const middle = row + 0.5;
      if (!(top <= middle && middle < bottom)) continue;
      const share = (middle - top) * (columns[lower]! - columns[upper]!);
      if (Math.floor(share / (bottom - top) + columns[upper]! + 0.5) <= column) before++;
    }
  }
  return before % 2 === 1;
}

describe('filling a polygon', () => {
  it('burns the pixels between an odd and the next even cut of each row', () => {
    fc.assert(
      fc.property(rings, (paths) => {
        const mask = filled(paths);
        const isTilted = paths.every(({ rows }) =>
          rows.every((row, index) => index === 0 || row !== rows[index - 1]),
        );
        for (let index = 0; index < mask.length; index++) {
          const [column, row] = [index % size.width, Math.floor(index / size.width)];
          const isInside = isBetween(paths, column, row);
          if (isInside || isTilted) assert.equal(mask[index] === 1, isInside, `${column}, ${row}`);
        }
      }),
    );
  });

  it('burns the same however many cuts are held at once', () => {
    fc.assert(
      fc.property(rings, fc.integer({ min: 1, max: 20 }), (paths, most) => {
        assert.deepEqual(filled(paths, most), filled(paths));
      }),
    );
  });
});
