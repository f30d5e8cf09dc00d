import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { algorithms } from '../../../../geo/raster/terrain/gradient.ts';
import { indices } from '../../../../geo/raster/terrain/indices.ts';
import { type KernelSettings, makeKernel } from '../../../../geo/raster/terrain/kernels.ts';
import { vectorKernel } from '../../../../geo/raster/terrain/vector-kernels.ts';

const grounds = [
  { perColumn: 10, perRow: -20 },
  { perColumn: 30, perRow: -30 },
  { perColumn: -7.5, perRow: 3 },
  { perColumn: Number.POSITIVE_INFINITY, perRow: -30 },
];
const light = { azimuth: 300, altitude: 35, zFactor: 2 };
const settings: readonly KernelSettings[] = [
  ...algorithms.flatMap((algorithm): KernelSettings[] => [
    { name: 'hillshade', algorithm, light },
    { name: 'slope', algorithm, unit: 'degree', zFactor: 3 },
    { name: 'slope', algorithm, unit: 'percent', zFactor: 1 },
    { name: 'aspect', algorithm, trigonometric: false, flat: Number.NaN },
    { name: 'aspect', algorithm, trigonometric: true, flat: 0 },
  ]),
  ...indices.map((index): KernelSettings => ({ name: 'index', index })),
];

/** Heights of all magnitudes, and whole ones, which are often the same as their neighbours. */
const height = fc.oneof(
  fc.float({ noNaN: true, min: Math.fround(-1e6), max: Math.fround(1e6) }),
  fc.integer({ min: -3, max: 3 }),
);
/** Three rows of as many pixels, and two more. */
const rows = fc
  .integer({ min: 1, max: 23 })
  .chain((count) =>
    fc.tuple(...[1, 2, 3].map(() => fc.array(height, { minLength: count + 2, maxLength: count + 2 }))),
  );

describe('kernels in vector instructions', () => {
  for (const setting of settings) {
    it(`give what TypeScript gives, to the last digit: ${Object.values(setting).slice(0, 3).join(', ')}`, () => {
      const stated = makeKernel(setting);
      fc.assert(
        fc.property(rows, fc.constantFrom(...grounds), ([first, second, third], ground) => {
          const count = first!.length - 2;
          const vector = vectorKernel(setting, count);
          for (const [row, heights] of [first!, second!, third!].entries()) vector.rows[row]!.set(heights);
          vector.kernel(...vector.rows, vector.results, ground);
          const expected = new Float32Array(count);
          const [above, middle, below] = [first!, second!, third!].map((row) => Float32Array.from(row));
          stated(above!, middle!, below!, expected, ground);
          assert.deepEqual(vector.results, expected);
        }),
        { numRuns: 200 },
      );
    });
  }

  it('work on rows longer than a page of memory', () => {
    const width = 100_003;
    const { kernel, rows, results } = vectorKernel({ name: 'index', index: 'roughness' }, width);
    for (const [row, heights] of rows.entries()) heights.fill(row);
    rows[2].fill(7, width);
    kernel(...rows, results, grounds[0]!);
    assert.equal(results[0], 2);
    assert.equal(results[width - 1], 7);
  });
});
