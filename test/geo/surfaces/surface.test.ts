import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { helperThreads } from '../../../geo/parallel/helper-threads.ts';
import type { Grid } from '../../../geo/raster/raster.ts';
import { sharedDoubles } from '../../../geo/surfaces/sites.ts';
import { computeSurface } from '../../../geo/surfaces/surface.ts';
import type { SurfaceWork } from '../../../geo/surfaces/surface-rows.ts';
import { crsFrom } from '../../support/crs.ts';
import { makeRunContext } from '../formats/support.ts';

helperThreads.use(new URL('../../../geo/helper.ts', import.meta.url));
after(async () => {
  await helperThreads.end();
});

const grid: Grid = { width: 40, height: 150, transform: [0, 1, 0, 150, 0, -1], crs: crsFrom('EPSG:3857') };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const points = fc.array(fc.tuple(number(-10, 50), number(-10, 160), number(-100, 100)), {
  minLength: 1,
  maxLength: 30,
});
const makeSites = (points: readonly (readonly [number, number, number])[]) => ({
  xs: sharedDoubles(points.map(([x]) => x)),
  ys: sharedDoubles(points.map(([, y]) => y)),
  values: sharedDoubles(points.map(([, , value]) => value)),
});
const distances = { method: 'inverseDistance', nodata: -9999 } as const;

const surfaces: Readonly<Record<string, SurfaceWork['surface']>> = {
  'kernel densities': { method: 'kernelDensity', kernel: 'quartic', radius: 20 },
  'means by distance': { ...distances, power: 2, radius: undefined },
  'means by distance within a radius': { ...distances, power: 1.5, radius: 30 },
};

describe('surfaces from points', () => {
  for (const [name, surface] of Object.entries(surfaces)) {
    it(`${name} are the same bytes with none, one and two helpers`, async () => {
      await fc.assert(
        fc.asyncProperty(points, async (places) => {
          const results: Float32Array[] = [];
          for (const helpers of [0, 1, 2]) {
            helperThreads.configure(helpers, 1);
            results.push(await computeSurface(grid, makeSites(places), surface, makeRunContext(), ''));
          }
          assert.deepEqual(results[1], results[0]);
          assert.deepEqual(results[2], results[0]);
        }),
        { numRuns: 10 },
      );
    });
  }

  it('means of points that reach everywhere are those within a radius that holds all of the grid', async () => {
    await fc.assert(
      // Whole powers are computed in single precision.
      fc.asyncProperty(points, number(0.5, 4), async (places, power) => {
        fc.pre(!Number.isInteger(power));
        const meansWithin = (radius: number | undefined) =>
          computeSurface(grid, makeSites(places), { ...distances, power, radius }, makeRunContext(), '');
        assert.deepEqual(await meansWithin(undefined), await meansWithin(1000));
      }),
      { numRuns: 20 },
    );
  });

  it('tells the progress in rows', async () => {
    const told: number[] = [];
    const context = makeRunContext({ progress: async (done) => void told.push(done) });
    await computeSurface(grid, makeSites([[1, 1, 1]]), surfaces['kernel densities']!, context, '');
    assert.ok(new Set(told).size >= 3, `${told}`);
    assert.equal(told.at(-1), grid.height);
  });

  it('stops when the job is dismissed', async () => {
    const context = makeRunContext({ signal: AbortSignal.abort(new Error('dismissed')) });
    await assert.rejects(
      computeSurface(grid, makeSites([[1, 1, 1]]), surfaces['kernel densities']!, context, ''),
      /dismissed/,
    );
  });
});
