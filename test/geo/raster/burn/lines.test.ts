import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { drawLine, drawTouched } from '../../../../geo/raster/burn/lines.ts';
import type { Path } from '../../../../geo/raster/burn/scanline.ts';

const size = { width: 12, height: 9 };

const pathOf = (positions: readonly (readonly [number, number])[]): Path => ({
  columns: Float64Array.from(positions, ([column]) => column),
  rows: Float64Array.from(positions, ([, row]) => row),
});

function burnt(draw: (burn: (row: number, from: number, to: number) => void) => void): Set<number> {
  const pixels = new Set<number>();
  draw((row, from, to) => {
    for (let column = from; column < to; column++) pixels.add(row * size.width + column);
  });
  return pixels;
}

/** Every step of a line, also where it is outside (GDAL, `GDALdllImageLine`). */
function everyStep({ columns, rows }: Path): Set<number> {
  const large = { width: 4000, height: 4000 };
  const shift = 2000;
  const pixels = new Set<number>();
  const moved = { columns: columns.map((c) => c + shift), rows: rows.map((r) => r + shift) };
  drawLine(moved, large, (row, from) => {
    const [y, x] = [row - shift, from - shift];
    if (y >= 0 && y < size.height && x >= 0 && x < size.width) pixels.add(y * size.width + x);
  });
  return pixels;
}

// Numbers that can be moved without rounding them.
const between = (min: number, max: number) =>
  fc.integer({ min: min * 64, max: max * 64 }).map((number) => number / 64);
const coordinate = between(-1500, 1500);
const near = between(-5, 15);
const position = fc.tuple(fc.oneof(coordinate, near), fc.oneof(coordinate, near));

describe('a line that is mostly outside of the grid', () => {
  test('burns what it burns where all of its steps are taken', () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 4 }), (positions) => {
        const path = pathOf(positions);
        assert.deepEqual(
          burnt((burn) => drawLine(path, size, burn)),
          everyStep(path),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('takes no step outside, however far it goes', () => {
    const far = 1e15;
    for (const draw of [
      drawLine,
      (path: Path, grid: typeof size, burn: Parameters<typeof drawLine>[2]) =>
        drawTouched(path, grid, false, burn),
    ]) {
      const diagonal = burnt((burn) =>
        draw(
          pathOf([
            [-far, -far],
            [far, far],
          ]),
          size,
          burn,
        ),
      );
      for (let pixel = 0; pixel < size.height; pixel++) assert.ok(diagonal.has(pixel * (size.width + 1)));
      for (const steep of [
        [
          [5.5, 4.5],
          [7.5, far],
        ],
        [
          [5.5, 4.5],
          [3.5, -far],
        ],
      ] as const) {
        const pixels = [...burnt((burn) => draw(pathOf(steep), size, burn))];
        assert.ok(pixels.length > 0 && pixels.every((pixel) => pixel % size.width === 5), `${pixels}`);
      }
    }
  });
});
