import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/aspect/process.ts';
import { run } from '../../../processes/aspect/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess } from '../support/terrain.ts';

const { computeResult } = rasterProcess(process, run);

const between = (one: number, other: number): number => {
  const turn = Math.abs(one - other) % 360;
  return Math.min(turn, 360 - turn);
};

describeTerrainProcess(process, run, (found, wanted) => between(found, wanted) <= 0.05);

/** A grid of any sizes and signs of pixels; steps in metres at the latitude of its middle. */
const grids = {
  square: { transform: [500_000, 10, 0, 5_300_000, 0, -10], step: [10, -10] },
  oblong: { transform: [500_000, 10, 0, 5_300_000, 0, -25], step: [10, -25] },
  'south up': { transform: [500_000, 10, 0, 5_200_000, 0, 10], step: [10, 10] },
  mirrored: { transform: [500_000, -10, 0, 5_300_000, 0, -10], step: [-10, -10] },
  // Metres of 1/1000 degrees at 60 and 75 degrees, by PROJ 9.5 (Geod.inv).
  'degrees at 60 north': {
    crs: crsFrom('EPSG:4326'),
    transform: [10, 0.001, 0, 60.0015, 0, -0.001],
    step: [55.800002, -111.412287],
  },
  'degrees at 75 south, south up': {
    crs: crsFrom('EPSG:4326'),
    transform: [10, 0.001, 0, -75.0015, 0, 0.001],
    step: [28.902006, 111.618384],
  },
} as const;

const makePlane = (east: number, north: number) =>
  rasterValue(
    makeContent([0, 1, 2].map((row) => [0, 1, 2].map((column) => 10 * (east * column - north * row)))),
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
          const raster = await makePlane(east, north);
          const { bands } = await computeResult({ raster, algorithm });
          assert.ok(between(bands[0]![4]!, 90 - angle) < 0.001);
          const mathematical = await computeResult({ raster, algorithm, trigonometric: true });
          assert.ok(between(mathematical.bands[0]![4]!, angle) < 0.001);
          for (const value of [bands[0]![4]!, mathematical.bands[0]![4]!])
            assert.ok(value >= 0 && value < 360);
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const [name, { step, ...grid }] of Object.entries(grids))
    it(`is the direction on the ground, on a grid that is ${name}`, async () => {
      const azimuth = fc.integer({ min: 0, max: 359 });
      await fc.assert(
        fc.asyncProperty(
          azimuth,
          fc.constantFrom('horn', 'zevenbergenThorne'),
          async (downhill, algorithm) => {
            const radians = (downhill * Math.PI) / 180;
            const [east, north] = [-Math.sin(radians), -Math.cos(radians)];
            const rows = [0, 1, 2].map((row) =>
              [0, 1, 2].map((column) => east * step[0] * column + north * step[1] * row),
            );
            const raster = await rasterValue(makeContent(rows, grid));
            const [compass, trigonometric] = await Promise.all(
              [false, true].map((asked) => computeResult({ raster, algorithm, trigonometric: asked })),
            );
            assert.ok(
              between(compass!.bands[0]![4]!, downhill) < 0.01,
              `${compass!.bands[0]![4]} for ${downhill}`,
            );
            assert.ok(between(trigonometric!.bands[0]![4]!, 90 - downhill) < 0.01);
          },
        ),
        { numRuns: 30 },
      );
    });

  it('along a row at a pole is none: its pixels are one place', async () => {
    const transform = [10, 0.001, 0, 90.0015, 0, -0.001] as const;
    const rows = [
      [0, 5, 0],
      [1, 9, 4],
      [3, 3, 3],
    ];
    const raster = await rasterValue(makeContent(rows, { crs: crsFrom('EPSG:4326'), transform }));
    assert.equal((await computeResult({ raster, algorithm: 'zevenbergenThorne' })).bands[0]![4], 180);
  });

  it('north is 0 and flat is missing, or 0 if asked', async () => {
    assert.equal((await computeResult({ raster: await makePlane(0, -1) })).bands[0]![4], 0);
    const flat = await makePlane(0, 0);
    assert.equal((await computeResult({ raster: flat })).bands[0]![4], null);
    assert.equal((await computeResult({ raster: flat, zeroForFlat: true })).bands[0]![4], 0);
  });
});
