import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { type Division, type Encoded, type RunContext, WorkToDivide } from '../../core/run/context.ts';
import { readSummary } from '../../core/run/part-summary.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import type { DataType, RasterContent } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { statisticNames } from '../../geo/statistics/statistic-names.ts';
import rasterStatistics from '../../processes/raster-statistics/process.ts';
import { run as runRasterStatistics } from '../../processes/raster-statistics/run.ts';
import zonalStatistics from '../../processes/zonal-statistics/process.ts';
import { run as runZonalStatistics } from '../../processes/zonal-statistics/run.ts';
import { crsFrom } from '../support/crs.ts';
import { makeContext, makeSource } from './support/run-context.ts';

const [width, height] = [37, 60];
const types: readonly DataType[] = ['uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'];

/** Numbers that a type can have, of all sizes, many of them several times. */
function numbersOf(dataType: DataType, seed: number): RasterContent['bands'][number] {
  const samples = newSamples(dataType, width * height);
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const isFloating = dataType.startsWith('float');
  for (let index = 0; index < samples.length; index++) {
    const kind = random();
    const value = (random() - 0.5) * 2 ** (kind < 0.3 ? 4 : 36 * random());
    samples[index] = kind < 0.1 ? 0 : isFloating ? value : Math.floor(value);
    if (isFloating && kind > 0.97) samples[index] = [Number.NaN, -0, 1e-30, 1e30, Infinity][index % 5] ?? 0;
  }
  return samples;
}

async function rasterBytes(dataType: DataType, seed: number, masked: boolean): Promise<Uint8Array> {
  const mask = Uint8Array.from({ length: width * height }, (_, index) => (index % 13 === 0 ? 0 : 1));
  const content: RasterContent = {
    width,
    height,
    transform: [500_000, 10, 0, 5_300_000, 0, -10],
    crs: crsFrom('EPSG:32632'),
    dataType,
    bands: [numbersOf(dataType, seed), numbersOf(dataType, seed + 1)],
    ...(masked ? { masks: [mask, mask] } : { nodata: 0 }),
  };
  return (await writeRaster(content, MediaType.geotiff)).bytes;
}

/** Cuts the rows anywhere. */
const cuts = fc
  .uniqueArray(fc.integer({ min: 1, max: height - 1 }), { maxLength: 6 })
  .map((starts) => [0, ...starts.toSorted((one, other) => one - other)]);

/** Runs a process in parts, in as many rounds as it wants, and returns its result. */
async function inParts(
  process: ProcessDeclaration,
  run: (context: RunContext) => ReturnType<Run<ProcessDeclaration>>,
  starts: readonly number[],
): Promise<{ readonly result: unknown; readonly rounds: number; readonly messages: readonly string[] }> {
  let found: unknown;
  for (let rounds = 1; ; rounds++) {
    const known = found === undefined ? {} : { found };
    const context = makeContext(process);
    const runWith = (division: Division) => run({ ...context, division: { ...known, ...division } });
    const summaries = [];
    for (const [part, first] of starts.entries()) {
      const rows = { first, end: starts[part + 1] ?? height, halo: 0 };
      const summary = readSummary((await runWith({ rows })) as Record<string, unknown>);
      assert.ok(summary);
      summaries.push(makeSource(summary.bytes));
    }
    try {
      return { ...(await runWith({ summaries })), rounds, messages: context.messages } as never;
    } catch (error) {
      if (!(error instanceof WorkToDivide)) throw error;
      found = error.found;
    }
  }
}

const arbitrary = fc.tuple(fc.constantFrom(...types), fc.nat(), fc.boolean(), cuts);
const RUNS = { numRuns: 15 };

describe('statistics of a raster in parts are those of one worker, wherever it is cut', () => {
  it('of all of its pixels', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.boolean(), async ([dataType, seed, masked, starts], scaled) => {
        const raster = makeSource(await rasterBytes(dataType, seed, masked), { pointer: '/inputs/raster' });
        const inputs = {
          raster,
          scaled,
          percentiles: [0, 1, 33.3, 99.9, 100],
          histogramBins: 6,
          bands: undefined,
        };
        const run = (context: RunContext) => runRasterStatistics(inputs as never, context);
        const { result, rounds, messages } = await inParts(rasterStatistics, run, starts);
        const whole = makeContext(rasterStatistics);
        assert.deepEqual(result, (await run(whole)).result);
        const infinite = (messages: readonly string[]) =>
          messages.filter((text) => text.includes('infinite'));
        assert.deepEqual(infinite(messages), infinite(whole.messages));
        const bits = 8 * newSamples(dataType, 1).BYTES_PER_ELEMENT;
        assert.equal(rounds, Math.max(1, bits / 16));
      }),
      RUNS,
    );
  });

  it('of the pixels of zones', async () => {
    const place = fc.tuple(fc.integer({ min: -5, max: width + 5 }), fc.integer({ min: -5, max: height + 5 }));
    const corners = fc.array(fc.tuple(place, place, place), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        arbitrary,
        corners,
        fc.boolean(),
        async ([dataType, seed, masked, starts], zones, allTouched) => {
          const raster = makeSource(await rasterBytes(dataType, seed, masked), { pointer: '/inputs/raster' });
          const features = {
            type: 'FeatureCollection',
            crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32632' } },
            features: zones.map((positions) => {
              const ring = [...positions, positions[0]].map(([x, y]) => [
                500_000 + 10 * x,
                5_300_000 - 10 * y + 3,
              ]);
              return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
            }),
          };
          const inputs = {
            raster,
            features: makeSource(features),
            statistics: statisticNames,
            band: 2,
            scaled: false,
            allTouched,
            prefix: '',
          };
          const run = (context: RunContext) => runZonalStatistics(inputs as never, context);
          const text = (result: unknown) => Buffer.from((result as Encoded).bytes).toString();
          const { result } = await inParts(zonalStatistics, run, starts);
          assert.equal(text(result), text((await run(makeContext(zonalStatistics))).result));
        },
      ),
      RUNS,
    );
  });

  it('but for medians of more distinct values than can be merged, which are refused', async () => {
    const { checkTables, MOST_DISTINCT, tabulate } = await import('../../geo/statistics/value-table.ts');
    const table = tabulate(Float32Array.of(3, 1, 3));
    assert.deepEqual([table.values, table.counts], [Float32Array.of(1, 3), Uint32Array.of(1, 2)]);
    const many = { values: new Float32Array(MOST_DISTINCT), counts: new Uint32Array(MOST_DISTINCT) };
    checkTables([many], '/inputs/statistics');
    assert.throws(() => checkTables([many, table], '/inputs/statistics'), LimitExceeded);
  });
});
