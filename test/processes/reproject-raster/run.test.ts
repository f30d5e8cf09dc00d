import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/reproject-raster/process.ts';
import { run } from '../../../processes/reproject-raster/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { assertSameGrid } from '../support/raster-assertions.ts';
import { makeRaster, rasterInput, rasterProcess, readGeotiff } from '../support/raster-process.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);

/** Share of pixels that differ by more than 0.2 % of the range, or are missing in one only. */
function shareThatDiffers(actual: readonly (number | null)[], expected: readonly (number | null)[]): number {
  const present = expected.filter((value) => value !== null);
  const most = 0.002 * (Math.max(...present) - Math.min(...present));
  const different = expected.filter((value, index) => {
    const found = actual[index] ?? null;
    // The fixture has two decimals.
    return value === null || found === null ? value !== found : Math.abs(found - value) > most + 0.005;
  });
  return different.length / expected.length;
}

describe('a raster in another CRS', () => {
  for (const { name, raster, targetCrs, resolution, grid, expected } of oracle('reproject_raster').cases) {
    for (const [resampling, pixels] of Object.entries<(number | null)[]>(expected)) {
      it(`has the grid and pixels of rasterio: ${name}, ${resampling}`, async () => {
        const result = await computeResult({
          raster: rasterInput(raster),
          ...(targetCrs ? { targetCrs } : {}),
          ...(resolution ? { resolution } : {}),
          resampling,
        });
        assertSameGrid(result, grid, 1e-7);
        assert.equal(result.bands[0]!.length, pixels.length);
        const share = shareThatDiffers(result.bands[0]!, pixels);
        assert.ok(share <= 0.01, `${(100 * share).toFixed(2)} % of the pixels differ`);
      });
    }
  }

  it('keeps its bands, each with its own missing pixels, its type and nodata', async () => {
    const first = Int16Array.from({ length: 64 }, (_, index) => (index === 27 ? -5 : index));
    const second = first.map((value, index) => (index === 44 ? -5 : 100 + value));
    const raster = await makeRaster([first, second], 8, {
      dataType: 'int16',
      nodata: -5,
      crs: crsFrom('EPSG:32631'),
    });
    const { bands, dataType, nodata, crs } = await computeResult({ raster, resolution: 5 });
    assert.deepEqual({ dataType, nodata, crs }, { dataType: 'int16', nodata: -5, crs: 'EPSG:32631' });
    for (const [band, hole] of [
      [0, 27],
      [1, 44],
    ] as const) {
      const missing = bands[band]!.flatMap((value, index) => (value === null ? [index] : []));
      const [column, row] = [2 * (hole % 8), 2 * Math.floor(hole / 8)];
      const places = [0, 1, 16, 17].map((offset) => row * 16 + column + offset);
      assert.deepEqual(missing, places);
    }
  });

  it('is the same raster where neither CRS nor resolution is given', async () => {
    const raster = await makeRaster([Float32Array.of(1.5, 2.5, Number.NaN, 4)], 2, { dataType: 'float32' });
    const { bands, transform, nodata } = await computeResult({ raster, resampling: 'cubic' });
    assert.deepEqual(
      { bands, transform, nodata },
      {
        bands: [[1.5, 2.5, null, 4]],
        transform: [0, 10, 0, 0, 0, -10],
        nodata: undefined,
      },
    );
  });

  it('is the globe as far as Mercator goes, and says what is not there', async () => {
    const [width, height] = [144, 72];
    const latitudes = Float32Array.from({ length: width * height }, (_, index) => {
      const row = Math.floor(index / width);
      return 90 - 2.5 * (row + 0.5);
    });
    const raster = await makeRaster([latitudes], width, {
      dataType: 'float32',
      crs: crsFrom('EPSG:4326'),
      transform: [-180, 2.5, 0, 90, 0, -2.5],
    });
    for (const resolution of [undefined, 100_000]) {
      const inputs = { raster, targetCrs: 'EPSG:3857', resolution };
      const { outputs, logged } = await execute(process, run, { inputs });
      const result = await readGeotiff(outputs['result'] as Uint8Array);
      const [west = 0, sizeX = 0, , north = 0, , sizeY = 0] = result.transform;
      const edges = [west, north, west + result.width * sizeX, north + result.height * sizeY];
      // The number of pixels, which are some 350 km, is rounded.
      for (const [index, edge] of edges.entries())
        assert.ok(Math.abs(Math.abs(edge) - 20_037_508.34) <= 250_000, `${index}: ${edge}`);
      assert.ok((result.bands[0]?.[0] ?? 0) > 80);
      assert.match(
        logged.join(),
        /north of 85\.05 degrees and south of -85\.05 degrees cannot be transformed to EPSG:3857/,
      );
    }
    const { logged } = await execute(process, run, { inputs: { raster, targetCrs: 'ESRI:54030' } });
    assert.doesNotMatch(logged.join(), /cannot be transformed/);
  });

  it('comes back to where it was, a pixel or less beside', async () => {
    const values = Float32Array.from({ length: 900 }, (_, index) => index % 30);
    const content = {
      dataType: 'float32',
      crs: crsFrom('EPSG:32631'),
      transform: [5e5, 100, 0, 58e5, 0, -100],
    } as const;
    const there = await computeResult({
      raster: await makeRaster([values], 30, content),
      targetCrs: 'EPSG:28992',
    });
    const moved = await makeRaster(
      [Float32Array.from(there.bands[0]!, (value) => value ?? -9999)],
      there.width,
      {
        dataType: 'float32',
        nodata: -9999,
        crs: crsFrom('EPSG:28992'),
        transform: there.transform as unknown as typeof content.transform,
      },
    );
    const { bands, transform, width } = await computeResult({ raster: moved, targetCrs: 'EPSG:32631' });
    for (const [index, value] of bands[0]!.entries()) {
      if (value === null) continue;
      const x = transform[0]! + ((index % width) + 0.5) * transform[1]!;
      assert.ok(Math.abs((x - 5e5) / 100 - 0.5 - value) < 1.6, `${x} has ${value}`);
    }
  });

  it('without a CRS can be resampled but not moved', async () => {
    const raster = await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8', crs: undefined });
    const { bands, crs } = await computeResult({ raster, resolution: 20, resampling: 'max' });
    assert.deepEqual([bands, crs], [[[4]], undefined]);
    assert.deepEqual(await catchFaults({ raster, targetCrs: 'EPSG:28992' }), [
      '/inputs/raster/value: has no CRS, so it cannot be reprojected.',
    ]);
  });
});

describe('an input that is wrong', () => {
  it('is refused: an unknown CRS, one in which the raster has no place, too many pixels', async () => {
    const far = await makeRaster([new Uint8Array(4)], 2, {
      dataType: 'uint8',
      crs: crsFrom('EPSG:3035'),
      transform: [1e9, 10, 0, 1e9, 0, -10],
    });
    assert.match(
      (await catchFaults({ raster: far, targetCrs: 'EPSG:1' }))[0]!,
      /^\/inputs\/targetCrs: names the CRS/,
    );
    assert.deepEqual(await catchFaults({ raster: far, targetCrs: 'EPSG:4326' }), [
      '/inputs/targetCrs: names EPSG:4326, to which the extent of the raster cannot be transformed.',
    ]);
    const raster = await makeRaster([new Uint8Array(4)], 2, { dataType: 'uint8' });
    await assert.rejects(computeResult({ raster, targetCrs: 'EPSG:4326', resolution: 1e-9 }), {
      name: 'ClassLimitExceeded',
      message: /pixels would be written/,
    });
    for (const same of [{}, { targetCrs: 'EPSG:4326' }]) {
      const [fault] = await catchFaults({ raster, ...same, resolution: 1e-300 });
      assert.match(fault!, /^\/inputs\/resolution: is 1e-300, which is too small/);
    }
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    raster: await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' }),
    targetCrs: 'EPSG:4326',
  }));
});
