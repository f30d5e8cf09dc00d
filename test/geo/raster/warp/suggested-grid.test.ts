import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput } from '../../../../core/shared/errors.ts';
import { affineX, affineY, invertAffine } from '../../../../geo/raster/grid/affine.ts';
import { pixelTransformer } from '../../../../geo/raster/warp/pixel-transformer.ts';
import { suggestedGrid } from '../../../../geo/raster/warp/suggested-grid.ts';
import { crsFrom } from '../../../support/crs.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the inverse of a transform', () => {
  it('leads back to where a point was, also when the raster is rotated', () => {
    const size = fc.oneof(number(0.001, 1000), number(-1000, -0.001));
    const transform = fc.tuple(
      number(-1e6, 1e6),
      size,
      number(-0.5, 0.5),
      number(-1e6, 1e6),
      number(-0.5, 0.5),
      size,
    );
    fc.assert(
      fc.property(
        transform,
        number(-500, 500),
        number(-500, 500),
        ([x, sizeX, shearX, y, shearY, sizeY], column, row) => {
          const affine = [x, sizeX, shearX * sizeX, y, shearY * sizeY, sizeY] as const;
          const inverse = invertAffine(affine);
          const [geoX, geoY] = [affineX(affine, column, row), affineY(affine, column, row)];
          // A coordinate of a million has ten digits behind the point.
          const precision = 1e-8 / Math.min(Math.abs(sizeX), Math.abs(sizeY), 1);
          assert.ok(Math.abs(affineX(inverse, geoX, geoY) - column) < precision);
          assert.ok(Math.abs(affineY(inverse, geoX, geoY) - row) < precision);
        },
      ),
    );
  });
});

describe('a suggested grid', () => {
  it('holds the whole raster, and fewer pixels than a square over both its sides', () => {
    const grids = fc.record({
      west: number(0, 10),
      north: number(45, 55),
      size: number(0.001, 0.1),
      width: fc.integer({ min: 2, max: 90 }),
      height: fc.integer({ min: 2, max: 90 }),
      crs: fc.constantFrom('EPSG:3857', 'EPSG:32632', 'EPSG:3035', 'EPSG:28992'),
    });
    fc.assert(
      fc.property(grids, ({ west, north, size, width, height, crs }) => {
        const source = {
          width,
          height,
          transform: [west, size, 0, north, 0, -size],
          crs: crsFrom('EPSG:4326'),
        } as const;
        const target = suggestedGrid(source, crsFrom(crs), '/inputs/targetCrs');
        const inverse = invertAffine(target.transform);
        const { forward } = pixelTransformer(source, crsFrom(crs));
        for (const [column, row] of [
          [0, 0],
          [width, 0],
          [0, height],
          [width, height],
          [width / 2, height / 2],
        ]) {
          const [x, y] = forward(column!, row!)!;
          const [across, down] = [affineX(inverse, x, y), affineY(inverse, x, y)];
          // The number of pixels is rounded.
          assert.ok(across > -0.51 && across < target.width + 0.51, `${across} of ${target.width}`);
          assert.ok(down > -0.51 && down < target.height + 0.51, `${down} of ${target.height}`);
        }
        assert.ok(target.width * target.height < (width + height + 4) ** 2);
      }),
    );
  });

  it('of a raster without any place in the CRS is refused', () => {
    const source = {
      width: 4,
      height: 4,
      transform: [1e9, 100, 0, 1e9, 0, -100],
      crs: crsFrom('EPSG:3035'),
    } as const;
    assert.throws(() => suggestedGrid(source, crsFrom('EPSG:4326'), '/inputs/targetCrs'), InvalidInput);
  });
});
