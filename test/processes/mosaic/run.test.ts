import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import process from '../../../processes/mosaic/process.ts';
import { run } from '../../../processes/mosaic/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { assertSameGrid, assertSamePixels } from '../support/raster-assertions.ts';
import { makeRaster, rasterInput, rasterProcess } from '../support/raster-process.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);

describe('a mosaic', () => {
  for (const { name, rasters, grid, expected } of oracle('mosaic').cases) {
    for (const [method, bands] of Object.entries<(number | null)[][]>(expected)) {
      it(`is that of rasterio: ${name}, ${method}`, async () => {
        const result = await computeResult({ rasters: rasters.map(rasterInput), method });
        assertSameGrid(result, grid);
        assert.equal(result.bands.length, bands.length);
        for (const [index, band] of bands.entries()) assertSamePixels(result.bands[index]!, band, 1e-4);
      });
    }
  }

  it('of one raster is that raster', async () => {
    const raster = await makeRaster([Int16Array.of(1, 2, -7, 4)], 2, { dataType: 'int16', nodata: -7 });
    const { bands, dataType, nodata } = await computeResult({ rasters: [raster] });
    assert.deepEqual(
      { bands, dataType, nodata },
      { bands: [[1, 2, null, 4]], dataType: 'int16', nodata: -7 },
    );
  });

  it('keeps 0 where it is no nodata, and takes the nodata of each raster for what it is', async () => {
    const of = (values: number[], nodata?: number) =>
      makeRaster([Uint8Array.from(values)], 2, {
        dataType: 'uint8',
        ...(nodata === undefined ? {} : { nodata }),
      });
    const { bands } = await computeResult({ rasters: [await of([9, 1], 9), await of([5, 5], 0)] });
    assert.deepEqual(bands, [[5, 1]]);
  });
});

describe('a part of a mosaic', () => {
  const sourceOf = async (raster: ReturnType<typeof makeRaster>) =>
    makeSource(Buffer.from((await raster).value, 'base64'));
  const bytes = (values: number[], nodata?: number) =>
    sourceOf(
      makeRaster([Uint8Array.from(values)], 2, {
        dataType: 'uint8',
        ...(nodata !== undefined && { nodata }),
      }),
    );
  const floats = (value: number) =>
    sourceOf(makeRaster([Float32Array.of(value, 1)], 2, { dataType: 'float32' }));
  const runPart = (rasters: readonly unknown[], method: string) => {
    const division = { rows: { first: 0, end: 1, halo: 0 } };
    return run({ rasters, method } as never, { ...makeContext(process), division });
  };

  it('is refused where a pixel that is there has the nodata of the first raster, with what helps', async () => {
    const laid = async (nodata: number) => [await bytes([9, nodata], nodata), await bytes([9, 0])];
    await assert.rejects(runPart(await laid(0), 'first'), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.message, /value 0\. .* Set "nodata" to a value that no pixel has/);
      return true;
    });
    await runPart(await laid(255), 'first');
    await assert.rejects(runPart([await floats(-9998), await floats(-10_000)], 'mean'), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(
        error.message,
        /value -9999\. .* Set "nodata" to a value that no pixel has, or process a part of the raster\.$/,
      );
      return true;
    });
  });
});

describe('a raster that does not fit', () => {
  it('is refused: another CRS, other bands, rotated', async () => {
    const of = (content: object, count = 1) =>
      makeRaster(
        Array.from({ length: count }, () => new Uint8Array(4)),
        2,
        { dataType: 'uint8', ...content },
      );
    const first = await of({});
    const [crs] = await catchFaults({ rasters: [first, await of({ crs: crsFrom('EPSG:32631') })] });
    assert.equal(
      crs,
      '/inputs/rasters/1/value: has the CRS EPSG:32631, but the first raster has EPSG:3857; warp it with reproject-raster first.',
    );
    const [bands] = await catchFaults({ rasters: [first, await of({}, 2)] });
    assert.equal(bands, '/inputs/rasters/1/value: has 2 bands, but the first raster has 1.');
    const [rotated] = await catchFaults({ rasters: [await of({ transform: [0, 1, 1, 0, 1, -1] })] });
    assert.match(rotated!, /^\/inputs\/rasters\/0\/value: is rotated/);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    rasters: [await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' })],
  }));
});
