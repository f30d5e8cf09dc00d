import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/raster-statistics/process.ts';
import { run } from '../../../processes/raster-statistics/run.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { faultsIn, makeRaster, rasterInput } from '../support/raster-process.ts';

const computeBands = async (inputs: object): Promise<Record<string, unknown>[]> => {
  const { outputs } = await execute(process, run, { inputs });
  return (outputs['result'] as { bands: Record<string, unknown>[] }).bands;
};

/** Numbers within 1e-6 of their size, everything else equal. */
function assertClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    assert.ok(
      Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
      `${path}: ${actual}, not ${expected}`,
    );
  } else if (typeof expected === 'object' && expected !== null) {
    assert.deepEqual(Object.keys(actual as object).sort(), Object.keys(expected).sort(), path);
    for (const [key, value] of Object.entries(expected))
      assertClose((actual as Record<string, unknown>)[key], value, `${path}/${key}`);
  } else assert.deepEqual(actual, expected, path);
}

describe('statistics', () => {
  for (const { name, raster, percentiles, histogramBins, expected } of oracle('raster_statistics').cases) {
    it(`are those of NumPy: ${name}`, async () => {
      const bands = await computeBands({ raster: rasterInput(raster), percentiles, histogramBins });
      const wanted = (expected as object[]).map((band) => ({ ...band, scaled: false }));
      assertClose(bands, wanted, '');
    });
  }

  it('of more pixels than are sorted at once are exact', async () => {
    // 2.4 million pixels whose sorted values are known: each of 0 to 999 appears 2400 times, in a mixed order.
    const values = Float32Array.from({ length: 2_400_000 }, (_, index) => (index * 7919) % 1000);
    const raster = await makeRaster([values], 2000, { dataType: 'float32' });
    const [band] = await computeBands({ raster, percentiles: [0, 25, 99.9, 100], histogramBins: 4 });
    const place = (percent: number) => {
      const at = ((values.length - 1) * percent) / 100;
      const [low, high] = [Math.floor(Math.floor(at) / 2400), Math.floor(Math.ceil(at) / 2400)];
      return low + (high - low) * (at - Math.floor(at));
    };
    assertClose(band!['percentiles'], { 0: 0, 25: place(25), 99.9: place(99.9), 100: 999 }, '');
    assertClose([band!['median'], band!['sum']], [499.5, 2400 * 499_500], '');
    assertClose(band!['histogram'], { min: 0, max: 999, counts: [600_000, 600_000, 600_000, 600_000] }, '');
  });

  it('are not of infinite pixels, which a warning counts', async () => {
    const raster = await makeRaster([Float32Array.of(1, Infinity, -Infinity, Number.NaN)], 4, {
      dataType: 'float32',
    });
    const { outputs, logged } = await execute(process, run, { inputs: { raster } });
    const [band] = (outputs['result'] as { bands: Record<string, unknown>[] }).bands;
    assert.deepEqual([band!['count'], band!['nodataCount']], [1, 3]);
    assert.ok(logged.includes('Band 1 has 2 infinite pixels, which are counted as nodata.'), logged.join());
  });

  it('of a band without any pixel are null, its sum 0', async () => {
    const raster = await makeRaster([Uint8Array.of(7, 7)], 2, { dataType: 'uint8', nodata: 7 });
    const [band] = await computeBands({ raster, percentiles: [5], histogramBins: 3 });
    assert.deepEqual(band, {
      band: 1,
      scaled: false,
      count: 0,
      nodataCount: 2,
      min: null,
      max: null,
      mean: null,
      median: null,
      stddev: null,
      sum: 0,
      percentiles: { 5: null },
      histogram: null,
    });
  });

  it('are those of the bands that are asked for, in that order', async () => {
    const raster = await makeRaster(
      [1, 2, 3].map((value) => Uint8Array.of(value)),
      1,
      { dataType: 'uint8' },
    );
    const bands = await computeBands({ raster, bands: [3, 1] });
    assert.deepEqual(
      bands.map(({ band, mean, histogram }) => [band, mean, histogram]),
      [
        [3, 3, undefined],
        [1, 1, undefined],
      ],
    );
  });

  it('of bands that are not there are refused', async () => {
    const raster = await makeRaster([Uint8Array.of(1)], 1, { dataType: 'uint8' });
    assert.deepEqual(await faultsIn(computeBands({ raster, bands: [1, 4] })), [
      '/inputs/bands/1: is 4, but the raster has only band 1.',
    ]);
    assert.match(
      (await faultsIn(computeBands({ raster, percentiles: [101] })))[0]!,
      /^\/inputs\/percentiles\/0: /,
    );
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    raster: await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' }),
  }));
});
