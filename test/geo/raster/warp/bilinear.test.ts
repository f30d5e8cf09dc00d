import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bilinear, bilinearBetween } from '../../../../geo/raster/warp/bilinear.ts';

const size = 6;
/** A part of a raster that does not begin at its upper left corner. */
const makePixels = (holes: readonly number[]) => {
  const values = Float32Array.from({ length: size * size }, (_, index) => Math.sin(index) * 100);
  for (const hole of holes) values[hole] = Number.NaN;
  return { values, column: 3, row: 2, width: size, height: size };
};

describe('bilinear interpolation along a row', () => {
  const place = fc.double({ min: 0, max: size + 5, noDefaultInfinity: true });
  const places = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 20 });
  const holes = fc.array(fc.integer({ min: 0, max: size * size - 1 }), { maxLength: 8 });

  it('has the value of each place whose four pixels are there, and else none', () => {
    fc.assert(
      fc.property(places, holes, fc.nat(5), (points, missing, before) => {
        const pixels = makePixels(missing);
        const padding = new Array<number>(before).fill(4.5);
        const line = {
          columns: Float64Array.from([...padding, ...points.map(([x]) => x)]),
          rows: Float64Array.from([...padding, ...points.map(([, y]) => y)]),
        };
        const values = new Float64Array(points.length);
        const isMissing = bilinearBetween(pixels, line, before, values);
        assert.equal(isMissing, values.includes(Number.NaN));
        for (const [index, [x, y]] of points.entries()) {
          const [column, row] = [Math.floor(x - 0.5) - 3, Math.floor(y - 0.5) - 2];
          const isBetween = column >= 0 && row >= 0 && column + 1 < size && row + 1 < size;
          const corners = [0, 1, size, size + 1].map((offset) => pixels.values[row * size + column + offset]);
          const isThere = isBetween && !corners.includes(Number.NaN);
          assert.equal(values[index], isThere ? bilinear(pixels, x, y) : Number.NaN);
        }
      }),
    );
  });
});
