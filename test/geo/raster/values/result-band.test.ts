import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findTypeRange, newSamples } from '../../../../geo/raster/values/data-types.ts';
import { chooseNodata } from '../../../../geo/raster/values/nodata.ts';
import { ResultBand, settleBands, settleSurface } from '../../../../geo/raster/values/result-band.ts';

const types = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;
const value = fc.oneof(
  fc.constantFrom(0, 1, -1, 7, 255, -9999, Number.NaN, Infinity, -Infinity, 1e300),
  fc.double({ noNaN: true }),
  fc.double({ min: -1e5, max: 1e5 }),
);

/** What a band says of each pixel in the end: its value, or null where it is missing. */
function settled(result: ResultBand): (number | null)[] {
  const { bands, nodata, masks } = settleBands([result]);
  return Array.from(bands[0]!, (sample, index) =>
    masks?.[0]?.[index] === 0 || sample === nodata || Number.isNaN(sample) ? null : sample,
  );
}

describe('a band of a result', () => {
  it('holds the nearest values of its type, and knows which ones are missing, whatever nodata is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.array(value, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(undefined, 0, 1, 7, -9999),
        fc.boolean(),
        (dataType, values, own, finite) => {
          const nodata = chooseNodata(dataType, { own });
          const result = new ResultBand(dataType, values.length, nodata, { finite });
          result.store(0, Float64Array.from(values));
          const range = findTypeRange(dataType);
          const one = newSamples(dataType, 1);
          for (const [index, found] of settled(result).entries()) {
            const wanted = dataType === 'float32' ? Math.fround(values[index]!) : values[index]!;
            if (Number.isNaN(wanted) || (finite && !Number.isFinite(wanted))) assert.equal(found, null);
            else if (range) {
              const clamped = Math.min(range[1], Math.max(range[0], wanted));
              assert.ok(found !== null && (found === clamped || Math.abs(found - clamped) <= 0.5));
            } else {
              one[0] = wanted;
              assert.equal(found, one[0]);
            }
          }
        },
      ),
      { seed: 20_251_129 },
    );
  });

  it('rounds halves up', () => {
    const result = new ResultBand('int16', 3, undefined);
    result.store(0, Float64Array.of(0.5, 1.5, -2.5));
    assert.deepEqual([...result.samples], [1, 2, -2]);
  });

  it('declares nodata where no pixel has it, else has a mask; a wanted one is refused then', () => {
    const of = (values: number[]) => {
      const result = new ResultBand('float32', values.length, -9999);
      result.store(0, Float64Array.from(values));
      return result;
    };
    assert.deepEqual(settleBands([of([1, Number.NaN])]), {
      bands: [Float32Array.of(1, -9999)],
      nodata: -9999,
    });
    const { nodata, masks } = settleBands([of([-9999, Number.NaN])]);
    assert.deepEqual([nodata, masks], [undefined, [Uint8Array.of(1, 0)]]);
    assert.equal(settleBands([of([-9999, 2])]).masks, undefined);
    assert.throws(() => settleBands([of([-9999, 2])], true), { message: /is -9999, which 1 pixel of/ });
  });

  it('moves a value away from nodata where that is asked for', () => {
    const result = new ResultBand('uint8', 3, 0, { instead: 1 });
    result.store(0, Float64Array.of(0.2, Number.NaN, 7));
    assert.deepEqual(settled(result), [1, null, 7]);
  });

  it('of integers without nodata has no mask as long as nothing is missing', () => {
    const result = new ResultBand('uint8', 4, undefined);
    result.store(0, Float64Array.of(0, 1, 2, 3));
    assert.deepEqual(settleBands([result]), { bands: [Uint8Array.of(0, 1, 2, 3)] });
    result.missAll(1, 3);
    assert.deepEqual(settled(result), [0, null, null, 3]);
  });
});

describe('a surface that is NaN where it is missing', () => {
  it('gets nodata, or a mask where a pixel has the value of nodata', () => {
    assert.deepEqual(settleSurface(Float32Array.of(1, Number.NaN), { nodata: -9999 }), {
      bands: [Float32Array.of(1, -9999)],
      nodata: -9999,
    });
    const { nodata, masks } = settleSurface(Float32Array.of(-9999, Number.NaN), { nodata: -9999 });
    assert.deepEqual([nodata, masks], [undefined, [Uint8Array.of(1, 0)]]);
  });
});

describe('nodata', () => {
  it('is the wanted one, else that of the source if the type has it, else the default of what is computed', () => {
    assert.equal(chooseNodata('uint8', { wanted: 7, own: 3 }), 7);
    assert.equal(chooseNodata('uint8', { own: 3 }), 3);
    assert.equal(chooseNodata('uint8', { own: -9999, computed: true }), undefined);
    assert.equal(chooseNodata('float32', { own: -1.7e308, computed: true }), -9999);
    assert.equal(chooseNodata('float32', {}), undefined);
    assert.equal(chooseNodata('float32', { wanted: 0.1 }), Math.fround(0.1));
  });

  it('that the type does not have is refused', () => {
    assert.throws(() => chooseNodata('int32', { wanted: 0.5 }), { message: /\/inputs\/nodata: is 0\.5/ });
    assert.throws(() => chooseNodata('float32', { wanted: 1e300 }), { message: /\/inputs\/nodata/ });
  });
});
