import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/aspect/process.ts';
import { run } from '../../../processes/aspect/run.ts';
import { contentOf } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess } from '../support/terrain.ts';

const { resultOf } = rasterProcess(process, run);

const between = (one: number, other: number): number => {
  const turn = Math.abs(one - other) % 360;
  return Math.min(turn, 360 - turn);
};

describeTerrainProcess(process, run, (found, wanted) => between(found, wanted) <= 0.05);

const planeOf = (east: number, north: number) =>
  rasterValue(
    contentOf([0, 1, 2].map((row) => [0, 1, 2].map((column) => 10 * (east * column - north * row)))),
  );

describe('aspect', () => {
  it('is the compass direction in which a plane falls, or the angle of mathematics', async () => {
    const rises = fc.integer({ min: -50, max: 50 });
    await fc.assert(
      fc.asyncProperty(
        rises,
        rises,
        fc.constantFrom('horn', 'zevenbergenThorne'),
        async (east, north, algorithm) => {
          fc.pre(east !== 0 || north !== 0);
          const angle = (Math.atan2(-north, -east) * 180) / Math.PI;
          const raster = await planeOf(east, north);
          const { bands } = await resultOf({ raster, algorithm });
          assert.ok(between(bands[0]![4]!, 90 - angle) < 0.001);
          const mathematical = await resultOf({ raster, algorithm, trigonometric: true });
          assert.ok(between(mathematical.bands[0]![4]!, angle) < 0.001);
          for (const value of [bands[0]![4]!, mathematical.bands[0]![4]!])
            assert.ok(value >= 0 && value < 360);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('north is 0 and flat is missing, or 0 if asked', async () => {
    assert.equal((await resultOf({ raster: await planeOf(0, -1) })).bands[0]![4], 0);
    const flat = await planeOf(0, 0);
    assert.equal((await resultOf({ raster: flat })).bands[0]![4], null);
    assert.equal((await resultOf({ raster: flat, zeroForFlat: true })).bands[0]![4], 0);
  });
});
