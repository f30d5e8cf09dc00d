import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/focal-statistics/process.ts';
import { run } from '../../../processes/focal-statistics/run.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { assertSamePixels } from '../support/raster-assertions.ts';
import { makeRaster, rasterInput, rasterProcess } from '../support/raster-process.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);
const numpy = oracle('focal_statistics');
const raster = rasterInput(numpy.raster);

describe('the statistic of a window', () => {
  for (const { size, statistic, expected } of numpy.cases) {
    it(`is that of NumPy: ${statistic} of ${size} x ${size}`, async () => {
      const { bands, dataType, nodata } = await computeResult({ raster, size, statistic });
      assert.deepEqual([dataType, nodata], ['float32', -9999]);
      assertSamePixels(bands[0]!, expected, 1e-5);
    });
  }

  it('has the same values where strips of the raster meet', async () => {
    const [width, height] = [700, 2000];
    const values = Float64Array.from({ length: width * height }, (_, index) => ((index * 37) % 101) / 7);
    const large = await makeRaster([values], width, { dataType: 'float64' });
    const { bands } = await computeResult({ raster: large, size: 5, statistic: 'max' });
    const expected = (row: number, column: number): number => {
      let most = -Infinity;
      for (let y = Math.max(0, row - 2); y <= Math.min(height - 1, row + 2); y++)
        for (let x = Math.max(0, column - 2); x <= Math.min(width - 1, column + 2); x++)
          most = Math.max(most, values[y * width + x]!);
      return most;
    };
    for (let row = 0; row < height; row++) {
      const column = (row * 13) % width;
      assert.equal(bands[0]![row * width + column], expected(row, column));
    }
  });

  it('stays exact for values that hardly differ from a large one', async () => {
    const values = Float64Array.from({ length: 9 }, (_, index) => 1e9 + index * 1e-3);
    const flat = await makeRaster([values], 3, { dataType: 'float64' });
    const { bands } = await computeResult({ raster: flat, statistic: 'stddev' });
    assert.ok(Math.abs(bands[0]![4]! - Math.sqrt(60 / 9) * 1e-3) < 1e-7, String(bands[0]![4]));
  });

  it('of 0 is a value, also where 0 is nodata of the raster', async () => {
    const bytes = await makeRaster([Uint8Array.of(5, 5, 0, 5)], 2, { dataType: 'uint8', nodata: 0 });
    const { bands } = await computeResult({ raster: bytes, statistic: 'range' });
    assert.deepEqual(bands[0], [0, 0, null, 0]);
  });
});

describe('an input that is wrong', () => {
  it('is refused: an even size, a band that is not there', async () => {
    assert.deepEqual(await catchFaults({ raster, size: 4 }), ['/inputs/size: must be odd, but is 4.']);
    assert.deepEqual(await catchFaults({ raster, band: 9 }), [
      '/inputs/band: is 9, but the raster has only band 1.',
    ]);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    raster: await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' }),
  }));
});
