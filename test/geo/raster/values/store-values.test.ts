import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  defaultNodata,
  isOfType,
  newSamples,
  rangeOfType,
} from '../../../../geo/raster/values/data-types.ts';
import { nodataOfResult, storingIn } from '../../../../geo/raster/values/store-values.ts';

const types = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;

describe('a stored value', () => {
  it('is the nearest one that the type has, and nodata where it is not finite', () => {
    const value = fc.oneof(fc.double(), fc.double({ min: -1e5, max: 1e5 }));
    fc.assert(
      fc.property(fc.constantFrom(...types), value, (dataType, number) => {
        const samples = newSamples(dataType, 1);
        const nodata = defaultNodata(dataType);
        storingIn(samples, dataType, nodata)(0, number);
        const [stored] = samples;
        const range = rangeOfType(dataType);
        if (!Number.isFinite(number)) assert.equal(stored, nodata);
        else if (range) {
          const clamped = Math.min(range[1], Math.max(range[0], number));
          assert.ok(Math.abs(stored! - clamped) <= 0.5, `${stored} for ${number}`);
        } else if (dataType === 'float64') assert.equal(stored, number);
        else assert.equal(stored, Number.isFinite(Math.fround(number)) ? Math.fround(number) : nodata);
      }),
    );
  });

  it('halfway between two integers is the upper one', () => {
    const samples = newSamples('int16', 3);
    const store = storingIn(samples, 'int16', -1);
    for (const [index, value] of [0.5, 1.5, -2.5].entries()) store(index, value);
    assert.deepEqual([...samples], [1, 2, -2]);
  });
});

describe('nodata', () => {
  it('of every type is a number of the type', () => {
    for (const dataType of types) {
      assert.ok(isOfType(dataType, defaultNodata(dataType)));
      assert.ok(isOfType(dataType, nodataOfResult(-9999, dataType)));
    }
  });

  it('that the type does not have is refused', () => {
    assert.throws(() => nodataOfResult(0.5, 'int32'), { message: /\/inputs\/nodata: is 0\.5/ });
    assert.equal(nodataOfResult(0.5, 'float32'), 0.5);
  });
});
