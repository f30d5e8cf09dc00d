import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { affineX, affineY } from '../../../geo/raster/grid/affine.ts';
import type { Grid } from '../../../geo/raster/raster.ts';
import { distancePowers } from '../../../geo/surfaces/distance-layout.ts';
import { computeMean, HALF_TURN } from '../../../geo/surfaces/inverse-distance.ts';
import { sharedDoubles } from '../../../geo/surfaces/sites.ts';
import { hasVectorMeans, VectorMeans } from '../../../geo/surfaces/vector-means.ts';
import { crsFrom } from '../../support/crs.ts';

const grids = {
  metres: {
    width: 45,
    height: 7,
    transform: [450_000, 25, 0, 5_800_000, 0, -20],
    crs: crsFrom('EPSG:32631'),
  },
  degrees: { width: 45, height: 7, transform: [-180, 8, 0, 28, 0, -8], crs: crsFrom('EPSG:4326') },
} as const satisfies Readonly<Record<string, Grid>>;

/** Points by columns and rows, some of them far outside and some at centres of pixels. */
const place = (end: number) =>
  fc.oneof(
    fc.double({ min: -5, max: end + 5, noNaN: true }),
    fc.integer({ min: -1, max: end }).map((index) => index + 0.5),
  );
const value = fc.double({ min: -100, max: 100, noNaN: true });
const placesOn = ({ width, height }: Grid) =>
  fc.array(fc.tuple(place(width), place(height), value), { minLength: 1, maxLength: 600 });

const sitesOn = ({ transform }: Grid, places: readonly (readonly [number, number, number])[]) => ({
  xs: sharedDoubles(places.map(([column, row]) => affineX(transform, column, row))),
  ys: sharedDoubles(places.map(([column, row]) => affineY(transform, column, row))),
  values: sharedDoubles(places.map(([, , value]) => value)),
});
const distances = { method: 'inverseDistance', radius: undefined, nodata: -9999 } as const;

describe('means in vector instructions', () => {
  for (const [unit, grid] of Object.entries(grids))
    for (const power of distancePowers)
      it(`are those in double precision but for a millionth of the range: ${unit}, power ${power}`, async () => {
        const isRound = unit === 'degrees';
        await fc.assert(
          fc.asyncProperty(placesOn(grid), async (places) => {
            const sites = sitesOn(grid, places);
            const { width, height, transform } = grid;
            const means = new VectorMeans(grid, sites, { ...distances, power }, { isRound, rows: 4 });
            const half = power / 2;
            const [least, most] = [Math.min(...sites.values), Math.max(...sites.values)];
            for (const first of [0, 4]) {
              const end = Math.min(height, first + 4);
              const samples = new Float32Array((end - first) * width);
              await means.compute(first, end, samples, async () => {});
              for (let index = 0; index < samples.length; index++) {
                const [column, row] = [(index % width) + 0.5, first + Math.floor(index / width) + 0.5];
                const [x, y] = [affineX(transform, column, row), affineY(transform, column, row)];
                const mean = computeMean(x, y, sites, half, isRound ? HALF_TURN : Infinity)!;
                const error = Math.abs(mean - samples[index]!);
                assert.ok(error <= 1e-6 * (most - least) + 1e-5, `${mean} ${samples[index]}`);
              }
            }
          }),
          { numRuns: 15 },
        );
      });

  it('are not for what they do not know', () => {
    const grid = grids.metres;
    const sites = sitesOn(grid, [[1, 1, 1]]);
    const has = (more: object, transform: Grid['transform'] = grid.transform, values = sites.values) =>
      hasVectorMeans({ ...distances, power: 2, ...more }, { ...grid, transform }, { ...sites, values });
    assert.equal(has({}), true);
    assert.equal(has({ radius: 5 }), false);
    assert.equal(has({ power: 2.5 }), false);
    assert.equal(has({}, [0, 1, 0.1, 0, 0, -1]), false);
    assert.equal(has({}, [0, 1, 0, 0, 0, -5]), false);
    assert.equal(has({}, grid.transform, sharedDoubles([])), false);
  });
});
