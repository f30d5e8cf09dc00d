import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { type Encoded, type RowRange, type Source, WorkToDivide } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { helperThreads } from '../../geo/parallel/helper-threads.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import type { DataType, RasterContent } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { resamplings } from '../../geo/raster/warp/resampling-names.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClipRaster } from '../../processes/clip-raster/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReprojectRaster } from '../../processes/reproject-raster/run.ts';
import { crsFrom } from '../support/crs.ts';
import { cuts, inParts, random } from '../support/raster-parts.ts';
import { makeContext, makeSource } from './support/run-context.ts';

after(async () => {
  await helperThreads.end();
});

interface Kind {
  readonly dataType: DataType;
  readonly seed: number;
  /** How missing pixels are told: some, or none are missing. */
  readonly missing: 'nodata' | 'mask' | 'alpha' | 'none';
}

const kinds: fc.Arbitrary<Kind> = fc.record({
  dataType: fc.constantFrom<DataType>('uint8', 'int16', 'float32'),
  seed: fc.nat(),
  missing: fc.constantFrom('nodata', 'mask', 'alpha', 'none'),
});

const [WIDTH, HEIGHT] = [50, 1400];

/** Two bands of hills with noise, in degrees near the Dutch coast. */
async function makeRaster({ dataType, seed, missing }: Kind, west = 5.1, north = 52.9): Promise<Source> {
  const next = random(seed);
  const values = () => {
    const samples = newSamples(dataType, WIDTH * HEIGHT);
    for (let index = 0; index < samples.length; index++)
      samples[index] = 60 + 50 * Math.sin((index % WIDTH) / 9) * Math.cos(index / WIDTH / 13) + 10 * next();
    return samples;
  };
  const mask = Uint8Array.from({ length: WIDTH * HEIGHT }, () => (next() < 0.2 ? 0 : 1));
  const bands = missing === 'alpha' ? [values(), mask.map((there) => 200 * there)] : [values(), values()];
  const content: RasterContent = {
    width: WIDTH,
    height: HEIGHT,
    transform: [west, 1 / 1200, 0, north, 0, -1 / 1200],
    crs: crsFrom('EPSG:4326'),
    dataType,
    bands: bands.map((band) => newSamples(dataType, band.length).map((_, at) => band[at] ?? 0) as never),
    ...(missing === 'nodata' && { nodata: 61 }),
    ...(missing === 'mask' && { masks: [mask, mask] }),
    ...(missing === 'alpha' && { meanings: [{}, { colorInterpretation: 'alpha' }] }),
  };
  const { bytes } = await writeRaster(content, MediaType.geotiff);
  return makeSource(bytes, { pointer: '/inputs/raster' });
}

/** Runs a process on all of a raster, and on random parts: what is put together of these is the same, with the same warnings. */
async function assertSameInParts<P extends ProcessDeclaration>(
  process: P,
  run: Run<P>,
  inputs: unknown,
  rows: (height: number) => RowRange[],
): Promise<void> {
  const runWith = (context: ReturnType<typeof makeContext>) => run(inputs as never, context);
  const whole = makeContext(process);
  const { result } = (await runWith(whole)) as unknown as { readonly result: Encoded };
  let size = { height: 0 };
  const asking = { ...makeContext(process), division: { divideAbove: 1000 } };
  await assert.rejects(runWith(asking), (error: unknown) => {
    assert.ok(error instanceof WorkToDivide);
    size = error.size;
    return true;
  });
  const told = new Set<string>();
  const joined = await inParts(rows(size.height), async (range) => {
    const context = makeContext(process);
    const part = (await run(inputs as never, { ...context, division: { rows: range } })) as unknown as {
      readonly result: Encoded;
    };
    for (const message of context.messages) told.add(message);
    return part.result.bytes;
  });
  assert.deepEqual([...told], [...new Set(whole.messages)]);
  assert.equal(Buffer.compare(joined, result.bytes), 0);
}

/** Cuts a height that is not known yet. */
const anyCuts = fc
  .nat()
  .map((seed) => (height: number) => fc.sample(cuts(height, 0), { seed, numRuns: 1 })[0] ?? []);

const RUNS = { numRuns: 6 };

describe('a raster that is put together from parts is that of one worker, wherever it is cut', () => {
  it('in another CRS or resolution', async () => {
    const targets = fc.constantFrom(
      { targetCrs: 'EPSG:28992', resolution: 80 },
      { targetCrs: 'EPSG:3857' },
      { targetCrs: undefined, resolution: 1 / 1600 },
      { targetCrs: 'EPSG:3035', resolution: 100 },
    );
    const ways = fc.constantFrom(...resamplings);
    await fc.assert(
      fc.asyncProperty(kinds, targets, ways, anyCuts, async (kind, target, resampling, rows) => {
        const raster = await makeRaster(kind);
        const inputs = { raster, resolution: undefined, ...target, resampling };
        await assertSameInParts(reprojectRaster, runReprojectRaster, inputs, rows);
      }),
      RUNS,
    );
  });

  it('clipped by an extent or by polygons', async () => {
    const corner = fc.tuple(
      fc.double({ min: 5.09, max: 5.15, noNaN: true }),
      fc.double({ min: 51.7, max: 52.95, noNaN: true }),
    );
    const areas = fc.oneof(
      fc.constant({ extent: { bbox: [5.11, 51.8, 5.13, 52.85] } }),
      fc.array(fc.tuple(corner, corner), { minLength: 1, maxLength: 4 }).map((lines) => ({
        features: makeSource({
          type: 'FeatureCollection',
          features: [
            [
              [5.12, 52.86],
              [5.125, 51.78],
            ] as const,
            ...lines,
          ].map(([from, to]) => ({
            type: 'Feature',
            properties: {},
            geometry: { type: 'Polygon', coordinates: [[from, to, [5.131, 52.2], from]] },
          })),
        }),
      })),
    );
    await fc.assert(
      fc.asyncProperty(
        kinds,
        areas,
        fc.boolean(),
        fc.boolean(),
        anyCuts,
        async (kind, area, crop, allTouched, rows) => {
          const inputs = { raster: await makeRaster(kind), ...area, crop, allTouched };
          await assertSameInParts(clipRaster, runClipRaster, inputs, rows);
        },
      ),
      RUNS,
    );
  });

  it('laid over others', async () => {
    const places = fc.array(
      fc.tuple(
        fc.double({ min: 5.05, max: 5.14, noNaN: true }),
        fc.double({ min: 51.9, max: 53.5, noNaN: true }),
      ),
      { maxLength: 3 },
    );
    const methods = fc.constantFrom('first', 'last', 'min', 'max', 'mean');
    await fc.assert(
      fc.asyncProperty(kinds, places, methods, anyCuts, async (kind, others, method, rows) => {
        const rasters = await Promise.all(
          [[5.1, 52.9] as const, ...others].map(([west, north], index) =>
            makeRaster({ ...kind, seed: kind.seed + index }, west, north),
          ),
        );
        await assertSameInParts(mosaic, runMosaic, { rasters, method }, rows);
      }),
      RUNS,
    );
  });
});
