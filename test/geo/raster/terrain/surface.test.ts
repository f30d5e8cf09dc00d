import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { MediaType } from '../../../../core/shared/uris.ts';
import { helperThreads } from '../../../../geo/parallel/helper-threads.ts';
import { writeRaster } from '../../../../geo/raster/formats/write-raster.ts';
import type { KernelSettings } from '../../../../geo/raster/terrain/kernels.ts';
import { computeTerrain, SURFACE } from '../../../../geo/raster/terrain/surface.ts';
import { crsFrom } from '../../../support/crs.ts';
import { openBytes, rasterContext } from '../formats/support.ts';

helperThreads.use(new URL('../../../../geo/helper.ts', import.meta.url));
after(async () => {
  await helperThreads.end();
});

const light = { azimuth: 315, altitude: 45, zFactor: 1 };
const kernels: readonly KernelSettings[] = [
  { name: 'hillshade', algorithm: 'horn', light },
  { name: 'slope', algorithm: 'zevenbergenThorne', unit: 'percent', zFactor: 1 },
  { name: 'aspect', algorithm: 'horn', trigonometric: false, flat: Number.NaN },
  { name: 'index', index: 'tri' },
];

/** As wide as it takes for parts of a few rows and two strips, with missing pixels here and there. */
const width = 1 << 15;
const height = 34;
async function heights(seed: number) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const values = Float32Array.from({ length: width * height }, () =>
    random() < 0.001 ? -1 : random() * 100,
  );
  const content = {
    width,
    height,
    transform: [0, 10, 0, 110, 0, -10],
    dataType: 'float32',
    nodata: -1,
    bands: [values],
    crs: crsFrom('EPSG:3857'),
  } as const;
  const { bytes } = await writeRaster(content, MediaType.geotiff);
  return openBytes(bytes);
}

describe('terrain', () => {
  for (const kernel of kernels) {
    it(`${kernel.name} has the same pixels with none, one and two helpers`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.boolean(), async (seed, computeEdges) => {
          const raster = await heights(seed);
          const results: Uint8Array[] = [];
          for (const helpers of [0, 1, 2]) {
            helperThreads.configure(helpers, 1);
            const surface = await computeTerrain(
              raster,
              { band: 1, computeEdges },
              kernel,
              SURFACE,
              rasterContext(),
            );
            results.push(Buffer.from(surface.bands[0]!.buffer));
          }
          assert.ok(Buffer.compare(results[1]!, results[0]!) === 0);
          assert.ok(Buffer.compare(results[2]!, results[0]!) === 0);
        }),
        { numRuns: 1 },
      );
    });
  }

  it('tells the progress of reading and of computing, which never goes back', async () => {
    const told: number[] = [];
    const context = {
      ...rasterContext(),
      progress: async (done: number, total: number) => void told.push(done / total),
    };
    await computeTerrain(await heights(1), { band: 1, computeEdges: false }, kernels[0]!, SURFACE, context);
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one - other),
    );
    assert.ok(
      told.some((share) => share > 0 && share < 0.5) && told.some((share) => share > 0.5 && share < 1),
    );
    assert.equal(told.at(-1), 1);
  });
});
