import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { filters } from '../../../../geo/raster/warp/filters.ts';
import { makeInterpolation } from '../../../../geo/raster/warp/interpolate.ts';

const offset = fc.double({ min: 0, max: 1, noNaN: true });
const scales = fc.record({
  x: fc.double({ min: 0.1, max: 3, noNaN: true }),
  y: fc.double({ min: 0.1, max: 3, noNaN: true }),
});
const names = fc.constantFrom(...(Object.keys(filters) as (keyof typeof filters)[]));

describe('the weights of a kernel', () => {
  for (const name of ['bilinear', 'cubic', 'cubicSpline'] as const) {
    it(`add up to 1 wherever the kernel is: ${name}`, () => {
      const { radius, weight } = filters[name];
      fc.assert(
        fc.property(offset, (share) => {
          let sum = 0;
          for (let pixel = 1 - radius; pixel <= radius; pixel++) sum += weight(pixel - share);
          assert.ok(Math.abs(sum - 1) < 1e-12, String(sum));
        }),
      );
    });
  }

  it('are 1 at the pixel and 0 at others, but for the spline, which smooths', () => {
    for (const name of ['bilinear', 'cubic', 'lanczos'] as const)
      for (const distance of [-2, -1, 0, 1, 2])
        assert.ok(Math.abs(filters[name].weight(distance) - (distance === 0 ? 1 : 0)) < 1e-12, name);
    assert.ok(Math.abs(filters.cubicSpline.weight(0) - 2 / 3) < 1e-12);
  });
});

describe('interpolation', () => {
  const size = 24;
  const makePixels = (value: (column: number, row: number) => number) => ({
    values: Float64Array.from({ length: size * size }, (_, index) =>
      value(index % size, Math.floor(index / size)),
    ),
    column: 0,
    row: 0,
    width: size,
    height: size,
  });
  const place = fc.double({ min: 0, max: size, noNaN: true });

  it('between equal pixels gives their value, whatever is missing around', () => {
    const holes = fc.uniqueArray(fc.integer({ min: 0, max: size * size - 1 }), { maxLength: 60 });
    fc.assert(
      fc.property(names, scales, place, place, holes, (name, scale, x, y, missing) => {
        const pixels = makePixels(() => 7);
        for (const index of missing) pixels.values[index] = Number.NaN;
        const value = makeInterpolation(name, scale).at(pixels, x, y);
        assert.ok(Number.isNaN(value) || Math.abs(value - 7) < 1e-9, String(value));
      }),
    );
  });

  it('of a plane gives the plane, away from the border', () => {
    const inner = fc.double({ min: 6, max: size - 6, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('bilinear' as const, 'cubic' as const, 'cubicSpline' as const),
        inner,
        inner,
        (name, x, y) => {
          const pixels = makePixels((column, row) => 3 * (column + 0.5) - 2 * (row + 0.5) + 1);
          const value = makeInterpolation(name, { x: 1, y: 1 }).at(pixels, x, y);
          assert.ok(Math.abs(value - (3 * x - 2 * y + 1)) < 1e-9, String(value));
        },
      ),
    );
  });

  it('with Lanczos gives nothing where less than half of the pixels are there', () => {
    const pixels = makePixels((column) => (column < 12 ? Number.NaN : 1));
    const { at: lanczos } = makeInterpolation('lanczos', { x: 1, y: 1 });
    assert.ok(Number.isNaN(lanczos(pixels, 10.5, 12)));
    assert.ok(Math.abs(lanczos(pixels, 14.5, 12) - 1) < 1e-12);
  });
});
