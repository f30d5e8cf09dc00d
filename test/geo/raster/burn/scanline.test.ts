import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { makeRectangle } from '../../../../core/shared/rectangle.ts';
import { burnGeometry, burnMask } from '../../../../geo/raster/burn/scanline.ts';
import type { Grid } from '../../../../geo/raster/raster.ts';
import { oracle } from '../../../processes/support/oracle.ts';
import { starPolygons } from '../../formats/arbitraries.ts';

interface Case {
  readonly transform: Grid['transform'];
  readonly width: number;
  readonly height: number;
  readonly geometry: Geometry;
  /** The rows of the mask as binary numbers. */
  readonly centre: readonly number[];
  readonly touched: readonly number[];
}

const { engine, cases } = oracle('rasterize_rules') as { engine: string; cases: readonly Case[] };

const binary = (mask: Uint8Array, width: number): number[] =>
  Array.from({ length: mask.length / width }, (_, row) =>
    Number.parseInt(mask.subarray(row * width, (row + 1) * width).join(''), 2),
  );

describe(`pixels that geometries cover, as ${engine} finds them`, () => {
  for (const rule of ['centre', 'touched'] as const) {
    it(`${cases.length} geometries, rule "${rule}": areas, lines and points, with vertices on centres and corners of pixels`, () => {
      for (const [index, { geometry, width, height, transform, ...expected }] of cases.entries()) {
        const grid: Grid = { width, height, transform, crs: undefined };
        const mask = burnMask(geometry, grid, { column: 0, row: 0, width, height }, rule === 'touched');
        assert.deepEqual(binary(mask, width), expected[rule], `case ${index}: ${JSON.stringify(geometry)}`);
      }
    });
  }
});

const grid: Grid = { width: 40, height: 30, transform: [-20, 1, 0, 15, 0, -1], crs: undefined };

describe('masks', () => {
  it('of a window are part of the mask of the whole grid', () => {
    const whole = { column: 0, row: 0, width: 40, height: 30 };
    fc.assert(
      fc.property(starPolygons(), fc.nat(39), fc.nat(29), fc.boolean(), (polygon, column, row, touched) => {
        const window = { column, row, width: Math.min(7, 40 - column), height: Math.min(5, 30 - row) };
        const all = burnMask(polygon, grid, whole, touched);
        const part = burnMask(polygon, grid, window, touched);
        const wanted = Array.from({ length: window.height }, (_, y) =>
          Array.from(all.subarray((row + y) * 40 + column, (row + y) * 40 + column + window.width)),
        );
        assert.deepEqual([...part], wanted.flat());
      }),
    );
  });

  it('of all that is touched hold those of the centres', () => {
    const whole = { column: 0, row: 0, width: 40, height: 30 };
    fc.assert(
      fc.property(starPolygons(), (polygon) => {
        const touched = burnMask(polygon, grid, whole, true);
        assert.ok(burnMask(polygon, grid, whole, false).every((value, index) => value <= touched[index]!));
      }),
    );
  });

  it('tile the grid where areas do', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -25, max: 25, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (x, y) => {
          const count = new Uint8Array(40 * 30);
          const quarters = [
            makeRectangle(-30, -20, x, y),
            makeRectangle(x, -20, 30, y),
            makeRectangle(-30, y, x, 20),
            makeRectangle(x, y, 30, 20),
          ];
          const isInside = x > -20 && x < 20 && y > -15 && y < 15 && (y + 0.5) % 1 !== 0;
          for (const quarter of quarters) {
            burnGeometry(quarter, grid, false, (row, from, to) => {
              for (let column = from; column < to; column++) count[row * 40 + column]!++;
            });
          }
          if (isInside) assert.ok(count.every((value) => value === 1));
        },
      ),
    );
  });

  it('of nothing are empty', () => {
    const window = { column: 0, row: 0, width: 40, height: 30 };
    for (const geometry of [
      { type: 'Polygon', coordinates: [] },
      { type: 'MultiPolygon', coordinates: [] },
      { type: 'LineString', coordinates: [] },
      { type: 'Point', coordinates: [] },
      {
        type: 'Polygon',
        coordinates: [
          [
            [1e12, 0],
            [1e12 + 1, 0],
            [1e12, 1],
            [1e12, 0],
          ],
        ],
      },
    ] as Geometry[])
      assert.ok(burnMask(geometry, grid, window, true).every((value) => value === 0));
  });
});
