import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/slope/process.ts';
import { run } from '../../../processes/slope/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess, withoutCorners } from '../support/terrain.ts';

const { computeResult } = rasterProcess(process, run);

describeTerrainProcess(process, run, (found, wanted) => Math.abs(found - wanted) <= 0.01);

describe('slope', () => {
  it('of a plane is its steepness, by both formulas and in both units', async () => {
    const rises = fc.double({ min: -2, max: 2, noNaN: true });
    const options = fc.record({
      algorithm: fc.constantFrom('horn', 'zevenbergenThorne'),
      unit: fc.constantFrom('degree', 'percent'),
      zFactor: fc.constantFrom(0.5, 1, 3),
    });
    await fc.assert(
      fc.asyncProperty(rises, rises, options, async (east, north, { zFactor, ...others }) => {
        const rows = [0, 1, 2, 3].map((row) =>
          [0, 1, 2, 3].map((column) => 10 * (east * column - north * row)),
        );
        const raster = await rasterValue(makeContent(rows));
        const rise = zFactor * Math.hypot(east, north);
        const wanted = others.unit === 'percent' ? 100 * rise : (Math.atan(rise) * 180) / Math.PI;
        const { bands } = await computeResult({ raster, computeEdges: true, zFactor, ...others });
        for (const slope of withoutCorners(bands[0]!, 4))
          assert.ok(Math.abs(slope! - wanted) < 0.001, `${slope} for ${wanted}`);
      }),
      { numRuns: 60 },
    );
  });

  it('of a geographic raster is that on the ground: east-west slopes are not halved at 60 degrees north', async () => {
    // A metre up for each of 1/1000 degrees, 55.8 m eastward and 111.412287 m northward there (PROJ 9.5, Geod.inv).
    for (const [east, north, metres] of [
      [1, 0, 55.800002],
      [0, 1, 111.412287],
    ] as const) {
      const rows = [0, 1, 2].map((row) => [0, 1, 2].map((column) => east * column - north * row));
      const raster = await rasterValue(
        makeContent(rows, { crs: crsFrom('EPSG:4326'), transform: [10, 0.001, 0, 60.0015, 0, -0.001] }),
      );
      const { bands } = await computeResult({ raster, unit: 'percent' });
      assert.ok(Math.abs(bands[0]![4]! - 100 / metres) < 1e-5, `${bands[0]![4]} %`);
      const overridden = await computeResult({ raster, unit: 'percent', scale: 100_000 });
      assert.ok(Math.abs(overridden.bands[0]![4]! - 1) < 1e-5);
    }
  });

  it('takes the unit of a projected CRS: elevations are metres, pixels of US survey feet are not', async () => {
    const rows = [0, 1, 2].map(() => [0, 1, 2]);
    const raster = await rasterValue(
      makeContent(rows, { crs: crsFrom('EPSG:2263'), transform: [980_000, 10, 0, 200_000, 0, -10] }),
    );
    const { bands } = await computeResult({ raster, unit: 'percent' });
    assert.ok(Math.abs(bands[0]![4]! - 100 / (10 * (1200 / 3937))) < 1e-4, `${bands[0]![4]} %`);
  });
});
