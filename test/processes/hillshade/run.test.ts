import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { InvalidRequest } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import process from '../../../processes/hillshade/process.ts';
import { run } from '../../../processes/hillshade/run.ts';
import { execute } from '../support/execute.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterProcess } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { describeTerrainProcess, makeModel, withoutCorners } from '../support/terrain.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);

describeTerrainProcess(process, run, (found, wanted) => Math.abs(found - wanted) <= 1);

const makePlane = (east: number, north: number) =>
  rasterValue(
    makeContent(
      [0, 1, 2, 3].map((row) => [0, 1, 2, 3, 4].map((column) => 10 * (east * column - north * row))),
    ),
  );

describe('hillshade', () => {
  it('of a plane is the cosine between the light and its normal', async () => {
    const slopes = fc.double({ min: -3, max: 3, noNaN: true });
    const angles = fc.record({
      azimuth: fc.integer({ min: 0, max: 360 }),
      altitude: fc.integer({ min: 0, max: 90 }),
    });
    await fc.assert(
      fc.asyncProperty(slopes, slopes, angles, async (east, north, light) => {
        const [az, alt] = [(light.azimuth * Math.PI) / 180, (light.altitude * Math.PI) / 180];
        // The normal is (-east, -north, 1); the light comes from (sin az cos alt, cos az cos alt, sin alt).
        const product =
          -east * Math.sin(az) * Math.cos(alt) - north * Math.cos(az) * Math.cos(alt) + Math.sin(alt);
        const wanted = 1 + 254 * Math.max(0, product / Math.hypot(east, north, 1));
        const { bands } = await computeResult({
          raster: await makePlane(east, north),
          computeEdges: true,
          ...light,
        });
        for (const shade of withoutCorners(bands[0]!, 5))
          assert.ok(Math.abs(shade! - wanted) < 0.51, `${shade} for ${wanted}`);
      }),
      { numRuns: 60 },
    );
  });

  it('has bytes from 1 to 255, and 0 where it is missing', async () => {
    const { dataType, nodata, bands } = await computeResult({
      raster: await rasterValue(makeModel('float')),
    });
    assert.deepEqual([dataType, nodata], ['uint8', 0]);
    assert.equal(bands[0]!.filter((value) => value === null).length > 17 * 2 + 13 * 2 - 4, true);
  });

  it('is written as a picture', async () => {
    const { outputs, mediaTypes } = await execute(process, run, {
      inputs: { raster: await rasterValue(makeModel('float')) },
      outputs: { result: { format: { mediaType: MediaType.png } } },
    });
    assert.equal(mediaTypes['result'], MediaType.png);
    assert.equal(Buffer.from(outputs['result'] as Uint8Array).toString('latin1', 1, 4), 'PNG');
  });

  it('refuses rotated rasters, and lights below the horizon', async () => {
    const rotated = { ...makeModel('float'), transform: [0, 10, 1, 0, 1, -10] as const };
    assert.match(
      (await catchFaults({ raster: await rasterValue(rotated) }))[0]!,
      /^\/inputs\/raster\/value: is rotated/,
    );
    await assert.rejects(
      computeResult({ raster: await rasterValue(makeModel('float')), altitude: -1, zFactor: 0 }),
      (error: InvalidRequest) =>
        error.faults.map(({ pointer }) => pointer).join() === '/inputs/altitude,/inputs/zFactor',
    );
  });
});
