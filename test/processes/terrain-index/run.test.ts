import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/terrain-index/process.ts';
import { run } from '../../../processes/terrain-index/run.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess } from '../support/terrain.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);

describeTerrainProcess(process, run, (found, wanted) => Math.abs(found - wanted) <= 1e-3);

describe('terrain indices', () => {
  const heights = fc.array(fc.integer({ min: -500, max: 4000 }), { minLength: 9, maxLength: 9 });

  it('are those of the nine heights', async () => {
    await fc.assert(
      fc.asyncProperty(heights, async (nine) => {
        const raster = await rasterValue(makeContent([nine.slice(0, 3), nine.slice(3, 6), nine.slice(6)]));
        const centre = nine[4]!;
        const others = nine.filter((_, index) => index !== 4);
        const mean = (values: readonly number[]) =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        const wanted = {
          tri: Math.sqrt(others.reduce((sum, value) => sum + (value - centre) ** 2, 0)),
          triWilson: mean(others.map((value) => Math.abs(value - centre))),
          tpi: centre - mean(others),
          roughness: Math.max(...nine) - Math.min(...nine),
        };
        for (const [index, value] of Object.entries(wanted)) {
          const { bands } = await computeResult({ raster, index });
          assert.ok(Math.abs(bands[0]![4]! - value) < 1e-3, `${index}: ${bands[0]![4]} for ${value}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are refused by other names', async () => {
    const raster = await rasterValue(makeContent([[1]]));
    assert.match((await catchFaults({ raster, index: 'TRI' }))[0]!, /^\/inputs\/index/);
  });
});
