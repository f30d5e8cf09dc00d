import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ResultBand } from '../../../geo/raster/values/result-band.ts';
import { classifier } from '../../../processes/reclassify/classifier.ts';

const bound = fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined });
const classes = fc.array(
  fc
    .record({ min: bound, max: bound, newValue: fc.constantFrom(1, 2, 3, 0, null) })
    .filter(({ min, max }) => min === undefined || max === undefined || min < max)
    .map(({ min, max, newValue }) => ({
      newValue,
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    })),
  { maxLength: 5 },
);
/** Runs of the same values, some of them long. */
const values = fc
  .array(
    fc.tuple(
      fc.constantFrom(-4, -3, -2.5, -1, 0, 0.5, 1, 2.9, 3, 4, Infinity, -Infinity, Number.NaN),
      fc.integer({ min: 1, max: 40 }),
    ),
    { maxLength: 20 },
  )
  .map((runs) => Float32Array.from(runs.flatMap(([value, count]) => new Array<number>(count).fill(value))));

describe('the classifier', () => {
  it('gives each value the number of the first class that holds it', () => {
    fc.assert(
      fc.property(classes, values, (classes, values) => {
        const result = new ResultBand('uint8', values.length, 0);
        classifier(classes, result, { dataType: 'uint8', keep: false })(0, values);
        const found = [...values].map((value) =>
          classes.find(({ min = -Infinity, max }) => value >= min && (max === undefined || value < max)),
        );
        assert.deepEqual(
          [...result.samples],
          found.map((one) => one?.newValue ?? 0),
        );
        assert.equal(result.countTaken(), found.filter((one) => one?.newValue === 0).length);
      }),
      { numRuns: 300 },
    );
  });
});
