import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/raster-calculator/process.ts';
import { run } from '../../../processes/raster-calculator/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { assertSamePixels } from '../support/raster-assertions.ts';
import { makeRaster, rasterInput, rasterProcess } from '../support/raster-process.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);
const numpy = oracle('raster_calculator');
const rasters = numpy.rasters.map(rasterInput);

describe('an expression', () => {
  for (const { expression, expected } of numpy.cases) {
    it(`is computed as NumPy does: ${expression}`, async () => {
      const { bands, dataType, nodata } = await computeResult({ rasters, expression });
      assert.deepEqual([dataType, nodata], ['float32', -9999]);
      assertSamePixels(bands[0]!, expected, 1e-5);
    });
  }

  for (const { outputType, nodata, expression, expected } of numpy.integers) {
    it(`is rounded and clamped to ${outputType}`, async () => {
      const result = await computeResult({ rasters, expression, outputType });
      assert.equal(result.dataType, outputType);
      assert.deepEqual(
        result.bands[0]!.map((value) => value ?? nodata),
        expected,
      );
    });
  }

  it('counts the pixels that are missing because their result is not finite', async () => {
    const raster = await makeRaster([Float32Array.of(0, 1, 2, -1, -5)], 5, {
      dataType: 'float32',
      nodata: -5,
    });
    const logs = async (expression: string, outputType = 'float32') => {
      const { logged } = await execute(process, run, {
        inputs: { rasters: [raster], expression, outputType },
      });
      return logged.filter((message) => message.includes('missing because')).join();
    };
    assert.match(await logs('1 / A'), /^1 pixel is missing because the result is not a finite number/);
    assert.match(await logs('exp(1000 * A)', 'float64'), /^2 pixels are missing because/);
    assert.match(await logs('sqrt(A)', 'uint8'), /to integers.* 1 pixel is missing because/);
    assert.match(await logs('1 / 0'), /^5 pixels are missing because/);
    assert.equal(await logs('A + 1'), '');
  });

  it('has no number that is not finite', async () => {
    assert.deepEqual(await catchFaults({ rasters, expression: '1e400 * A' }), [
      '/inputs/expression: has "1e400", which is beyond the largest number, 1.8e308. (at character 1)',
    ]);
  });

  it('may use a raster again and spell its first band in both ways', async () => {
    const { bands } = await computeResult({ rasters, expression: 'A - A1' });
    assert.deepEqual(new Set(bands[0]), new Set([0, null]));
  });

  it('computes the same value for any pixel of a large raster', async () => {
    const values = Float64Array.from({ length: 1500 * 900 }, (_, index) => index % 1013);
    const large = await makeRaster([values], 1500, { dataType: 'float64' });
    const { bands } = await computeResult({ rasters: [large], expression: 'where(A > 500, A, -A) + 1' });
    assert.deepEqual(
      bands[0],
      Array.from(values, (value) => (value > 500 ? value : -value) + 1),
    );
  });

  it('of sums and products follows arithmetic for all small integers', async () => {
    const value = fc.integer({ min: -50, max: 50 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), async (pairs) => {
        const band = (side: 0 | 1) => Float64Array.from(pairs, (pair) => pair[side]);
        const inputs = await Promise.all(
          ([0, 1] as const).map((side) => makeRaster([band(side)], pairs.length, { dataType: 'float64' })),
        );
        const { bands } = await computeResult({
          rasters: inputs,
          expression: '(A + B) * (A - B) - A*A + B^2 + (A <= B)',
        });
        assert.deepEqual(
          bands[0],
          pairs.map(([a, b]) => (a <= b ? 1 : 0)),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('rasters by reference', () => {
  it('are opened one by one, beside rasters by value', async () => {
    const href = 'https://data.example/band.tif';
    const files = { [href]: new Uint8Array(Buffer.from(rasters[1].value, 'base64')) };
    const inputs = { rasters: [rasters[0], { href, type: 'image/tiff' }], expression: 'A + B' };
    const together = await computeResult({ rasters, expression: 'A + B' });
    assert.deepEqual((await computeResult(inputs, { files })).bands, together.bands);
  });
});

describe('nodata', () => {
  it('is none of integers: a condition is true or false, and missing pixels are masked', async () => {
    const raster = await makeRaster([Float32Array.of(1, 0, -1, Number.NaN)], 2, { dataType: 'float32' });
    const inputs = { rasters: [raster], expression: 'A > 0', outputType: 'uint8' };
    const { nodata, bands } = await computeResult(inputs);
    assert.deepEqual({ nodata, bands }, { nodata: undefined, bands: [[1, 0, 0, null]] });
    assert.match(
      (await catchFaults({ ...inputs, nodata: 0 }))[0]!,
      /^\/inputs\/nodata: is 0, which 2 pixels/,
    );
  });

  it('must be of the type otherwise', async () => {
    assert.deepEqual(await catchFaults({ rasters, expression: 'A', outputType: 'uint8', nodata: 300 }), [
      '/inputs/nodata: is 300, which is not a value that the data type uint8 can hold.',
    ]);
  });

  it('takes the place of what floating point of 32 bits cannot hold', async () => {
    const { bands } = await computeResult({ rasters, expression: '10^39 + 0*A' });
    assert.deepEqual(new Set(bands[0]), new Set([null]));
  });
});

describe('rasters', () => {
  it('with another grid are refused, each by its pointer', async () => {
    const of = (width: number, content: object) =>
      makeRaster([new Uint8Array(12)], width, { dataType: 'uint8', ...content });
    const first = await of(4, {});
    assert.deepEqual(await catchFaults({ rasters: [first, first, await of(3, {})], expression: 'A+C' }), [
      '/inputs/rasters/2/value: has a different grid from the first raster: 3 x 4 pixels instead of 4 x 3. Resample it with reproject-raster or clip-raster.',
    ]);
    const [moved] = await catchFaults({
      rasters: [first, await of(4, { transform: [0, 10, 0, 1, 0, -10] })],
      expression: 'A+B',
    });
    assert.match(moved!, /^\/inputs\/rasters\/1\/value: .*the transform \[0,10,0,1,0,-10\] instead of/);
    const [other] = await catchFaults({
      rasters: [first, await of(4, { crs: crsFrom('EPSG:32631') })],
      expression: 'A',
    });
    assert.match(other!, /the CRS EPSG:32631 instead of EPSG:3857/);
  });

  it('that are damaged are refused', async () => {
    const [fault] = await catchFaults({ rasters: [rasterInput('SUkqAAAA')], expression: 'A' });
    assert.match(fault!, /^\/inputs\/rasters\/0\/value: /);
  });

  it('must be at least one and at most 26', async () => {
    assert.match((await catchFaults({ rasters: [], expression: '1' }))[0]!, /^\/inputs\/rasters: /);
    const many = Array.from({ length: 27 }, () => rasters[0]);
    assert.match((await catchFaults({ rasters: many, expression: 'A' }))[0]!, /^\/inputs\/rasters: /);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    rasters: [await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' })],
    expression: 'A',
  }));
});
