import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import type { Encoded } from '../../core/run/context.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { helperThreads } from '../../geo/parallel/helper-threads.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import type { DataType } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import aspect from '../../processes/aspect/process.ts';
import { run as runAspect } from '../../processes/aspect/run.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClip } from '../../processes/clip-raster/run.ts';
import focalStatistics from '../../processes/focal-statistics/process.ts';
import { run as runFocal } from '../../processes/focal-statistics/run.ts';
import heatmap from '../../processes/heatmap/process.ts';
import { run as runHeatmap } from '../../processes/heatmap/run.ts';
import hillshade from '../../processes/hillshade/process.ts';
import { run as runHillshade } from '../../processes/hillshade/run.ts';
import idw from '../../processes/idw-interpolation/process.ts';
import { run as runIdw } from '../../processes/idw-interpolation/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReproject } from '../../processes/reproject-raster/run.ts';
import slope from '../../processes/slope/process.ts';
import { run as runSlope } from '../../processes/slope/run.ts';
import terrainIndex from '../../processes/terrain-index/process.ts';
import { run as runIndex } from '../../processes/terrain-index/run.ts';
import { crsFrom } from '../support/crs.ts';
import { inParts } from '../support/raster-parts.ts';
import { makeRaster, rasterProcess } from './support/raster-process.ts';
import { makeContext, makeSource } from './support/run-context.ts';

after(async () => {
  await helperThreads.end();
});

const [WIDTH, HEIGHT] = [8, 6];
/** Nodata of rasters that have one. */
const OWN = 7;

const crs = crsFrom('EPSG:32631');
const heights = (index: number) => ((index * 37) % 23) + (index % WIDTH) * 4;

/** Elevations some of which are missing, as a number or a mask says. */
async function makeModel(missing: 'nodata' | 'mask', dataType: DataType = 'int16') {
  const samples = newSamples(dataType, WIDTH * HEIGHT);
  for (let index = 0; index < samples.length; index++) samples[index] = heights(index);
  const isMissing = (index: number) => index % 19 === 12;
  if (missing === 'mask') {
    const mask = Uint8Array.from(samples, (_, index) => (isMissing(index) ? 0 : 1));
    return makeRaster([samples], WIDTH, { dataType, crs, masks: [mask] });
  }
  for (let index = 0; index < samples.length; index++)
    if (isMissing(index) || samples[index] === OWN) samples[index] = isMissing(index) ? OWN : OWN + 1;
  return makeRaster([samples], WIDTH, { dataType, crs, nodata: OWN });
}

const points = {
  type: 'FeatureCollection',
  features: [0, 1, 2].map((index) => ({
    type: 'Feature',
    properties: { value: 5 + index },
    geometry: { type: 'Point', coordinates: [0.5 + index, 0.5] },
  })),
};
const grid = { features: points, resolution: 1, extent: { bbox: [0, 0, 8, 3] }, radius: 1.2 };

/** A triangle in the raster. */
const triangle = {
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'EPSG:32631' } },
  features: [
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [2, -1],
            [71, -8],
            [30, -58],
            [2, -1],
          ],
        ],
      },
    },
  ],
};

type Model = Awaited<ReturnType<typeof makeModel>>;
type Case = readonly [ProcessDeclaration, Run<never>, (raster: Model) => Record<string, unknown>];

const ofRasters: readonly Case[] = [
  [clipRaster, runClip, (raster) => ({ raster, features: triangle })],
  [clipRaster, runClip, (raster) => ({ raster, features: triangle, crop: false })],
  [clipRaster, runClip, (raster) => ({ raster, extent: { bbox: [11, -52, 60, -11], crs: 'EPSG:32631' } })],
  [mosaic, runMosaic, (raster) => ({ rasters: [raster, raster] })],
  [mosaic, runMosaic, (raster) => ({ rasters: [raster, raster], method: 'mean' })],
  [reprojectRaster, runReproject, (raster) => ({ raster, targetCrs: 'EPSG:3857' })],
  [reprojectRaster, runReproject, (raster) => ({ raster, resolution: 7, resampling: 'bilinear' })],
  [focalStatistics, runFocal, (raster) => ({ raster, statistic: 'sum' })],
  [slope, runSlope, (raster) => ({ raster, computeEdges: true })],
  [aspect, runAspect, (raster) => ({ raster })],
  [hillshade, runHillshade, (raster) => ({ raster })],
  [terrainIndex, runIndex, (raster) => ({ raster, index: 'tpi' })],
];
const ofPoints: readonly Case[] = [
  [idw, runIdw, () => ({ ...grid, valueField: 'value' })],
  [heatmap, runHeatmap, () => ({ ...grid, weightField: 'value' })],
];

describe('nodata that is asked for', () => {
  for (const [index, [process, run, ask]] of [...ofRasters, ...ofPoints].entries()) {
    const { computeResult, catchFaults } = rasterProcess(process, run);
    const ways = index < ofRasters.length ? (['nodata', 'mask'] as const) : (['mask'] as const);
    for (const way of ways) {
      it(`marks what is missing, and nothing else, in ${process.id} (${index}) of a raster with a ${way}`, async () => {
        const inputs = ask(await makeModel(way));
        const { bands, dataType } = await computeResult(inputs);
        const values = bands[0]!.filter((value) => value !== null);
        assert.ok(process === heatmap || values.length < bands[0]!.length);
        const nodata = [200, 201, 202, 203, 204].find((number) => !values.includes(number))!;
        const marked = await computeResult({ ...inputs, nodata });
        assert.deepEqual([marked.nodata, marked.dataType], [nodata, dataType]);
        assert.deepEqual(marked.bands, bands);
      });

      it(`is refused where a valid pixel has it, in ${process.id} (${index}) of a raster with a ${way}`, async () => {
        const inputs = ask(await makeModel(way));
        const { bands } = await computeResult(inputs);
        const taken = bands[0]!.find((value) => value !== null)!;
        const count = bands[0]!.filter((value) => value === taken).length;
        const pixels = count === 1 ? '1 pixel of the result has' : `${count} pixels of the result have`;
        assert.deepEqual(await catchFaults({ ...inputs, nodata: taken }), [
          `/inputs/nodata: is ${taken}, which ${pixels} as a valid value. Give a value that no pixel has, or omit it: missing pixels are then marked by a mask if necessary.`,
        ]);
      });
    }

    it(`is refused where the data type cannot hold it, in ${process.id} (${index})`, async () => {
      const inputs = ask(await makeModel('nodata'));
      const { dataType } = await computeResult(inputs);
      assert.deepEqual(await catchFaults({ ...inputs, nodata: 1e300 }), [
        `/inputs/nodata: is 1e+300, which is not a value that the data type ${dataType} can hold.`,
      ]);
    });
  }

  it('may be that of the raster', async () => {
    const { computeResult } = rasterProcess(focalStatistics, runFocal);
    const raster = await makeModel('nodata');
    const { bands } = await computeResult({ raster, statistic: 'min', size: 1, nodata: OWN });
    assert.equal(bands[0]!.filter((value) => value === null).length, 2);
  });
});

describe('nodata that is asked for, in parts', () => {
  const [width, height] = [40, 1100];
  const dem = async (missing: boolean) => {
    const samples = Float32Array.from(
      { length: width * height },
      (_, index) => 60 + 50 * Math.sin((index % width) / 9) * Math.cos(index / width / 13),
    );
    const mask = Uint8Array.from(samples, (_, index) => (missing && index % 97 === 5 ? 0 : 1));
    const content = { width, height, dataType: 'float32', bands: [samples], masks: [mask], crs } as const;
    const { bytes } = await writeRaster(
      { ...content, transform: [5e5, 10, 0, 5e6, 0, -10] },
      MediaType.geotiff,
    );
    return makeSource(bytes, { pointer: '/inputs/raster' });
  };
  const terrain = {
    band: 1,
    computeEdges: false,
    algorithm: 'horn',
    unit: 'degree',
    zFactor: 1,
    index: 'tpi',
  };
  const others = { azimuth: 315, altitude: 45, trigonometric: false, zeroForFlat: false };
  const cases: readonly (readonly [ProcessDeclaration, Run<never>, object, halo: number])[] = [
    [
      clipRaster,
      runClip,
      { extent: { bbox: [5e5, 4_990_000, 500_300, 5e6], crs: 'EPSG:32631' }, crop: true },
      0,
    ],
    [mosaic, runMosaic, { method: 'first' }, 0],
    [reprojectRaster, runReproject, { resolution: 9, resampling: 'cubic' }, 0],
    [focalStatistics, runFocal, { band: 1, size: 3, statistic: 'mean' }, 1],
    [slope, runSlope, { ...terrain, ...others }, 1],
    [aspect, runAspect, { ...terrain, ...others }, 1],
    [hillshade, runHillshade, { ...terrain, ...others }, 1],
    [terrainIndex, runIndex, { ...terrain, ...others }, 1],
  ];

  for (const [process, run, inputs, halo] of cases) {
    const runWith = async (context: ReturnType<typeof makeContext>, more: object): Promise<Uint8Array> => {
      const raster = await dem(true);
      const asked = { ...inputs, ...(process === mosaic ? { rasters: [raster] } : { raster }), ...more };
      const outputs = await (run as unknown as Run<ProcessDeclaration>)(asked as never, context);
      return (outputs as { readonly result: Encoded }).result.bytes as Uint8Array;
    };
    const rows = (end: number) => [
      { first: 0, end: 512, halo },
      { first: 512, end, halo },
    ];

    it(`gives the bytes of one worker in ${process.id}`, async () => {
      // No shade of this model is as dark.
      const nodata = process === hillshade ? 3 : -5555;
      const whole = await runWith(makeContext(process), { nodata });
      const end =
        process === reprojectRaster
          ? Math.floor((height * 10) / 9 + 0.5)
          : process === clipRaster
            ? 1000
            : height;
      const joined = await inParts(rows(end), (range) =>
        runWith({ ...makeContext(process), division: { rows: range } } as never, { nodata }),
      );
      assert.equal(Buffer.compare(joined, whole), 0);
    });
  }

  it('is refused by the part that has it', async () => {
    const raster = await dem(false);
    const inputs = { raster, band: 1, size: 1, statistic: 'mean', nodata: 60 };
    const context = { ...makeContext(focalStatistics), division: { rows: { first: 0, end: 512, halo: 0 } } };
    await assert.rejects(runFocal(inputs as never, context as never), InvalidRequest);
  });
});
