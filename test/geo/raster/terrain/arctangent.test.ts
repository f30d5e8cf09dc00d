import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arctangent } from '../../../../geo/raster/terrain/arctangent.ts';

describe('arctangent', () => {
  const double = fc.double({ noNaN: true });
  const small = fc.double({ min: -8, max: 8, noNaN: true });

  it('of numbers from 0 on is that of the runtime, to the last digit', () => {
    fc.assert(
      fc.property(fc.oneof(double, small), (value) =>
        assert.equal(arctangent(Math.abs(value)), Math.atan(Math.abs(value))),
      ),
      { numRuns: 5000 },
    );
    for (let value = 0; value < 4; value += 1 / 4096) assert.equal(arctangent(value), Math.atan(value));
  });

  it('is not a number of what is none', () => {
    assert.equal(arctangent(Number.NaN), Number.NaN);
  });
});
