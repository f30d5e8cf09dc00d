import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/slope/process.ts';
import { run } from '../../../processes/slope/run.ts';
import { contentOf } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess, modelOf, withoutCorners } from '../support/terrain.ts';

const { resultOf } = rasterProcess(process, run);

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
        const raster = await rasterValue(contentOf(rows));
        const rise = zFactor * Math.hypot(east, north);
        const wanted = others.unit === 'percent' ? 100 * rise : (Math.atan(rise) * 180) / Math.PI;
        const { bands } = await resultOf({ raster, computeEdges: true, zFactor, ...others });
        for (const slope of withoutCorners(bands[0]!, 4))
          assert.ok(Math.abs(slope! - wanted) < 0.001, `${slope} for ${wanted}`);
      }),
      { numRuns: 60 },
    );
  });

  it('takes degrees as 111120 m, unless a scale is given', async () => {
    const raster = await rasterValue(modelOf('degrees'));
    const usual = await resultOf({ raster });
    assert.deepEqual(usual, await resultOf({ raster, scale: 111_120 }));
    assert.notDeepEqual(usual, await resultOf({ raster, scale: 1 }));
    assert.deepEqual([usual.dataType, usual.nodata], ['float32', -9999]);
  });
});
