import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import aspect from '../../processes/aspect/process.ts';
import { run as runAspect } from '../../processes/aspect/run.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClip } from '../../processes/clip-raster/run.ts';
import convertRaster from '../../processes/convert-raster/process.ts';
import { run as runConvert } from '../../processes/convert-raster/run.ts';
import focalStatistics from '../../processes/focal-statistics/process.ts';
import { run as runFocalStatistics } from '../../processes/focal-statistics/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import rasterStatistics from '../../processes/raster-statistics/process.ts';
import { run as runStatistics } from '../../processes/raster-statistics/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReproject } from '../../processes/reproject-raster/run.ts';
import sampleRaster from '../../processes/sample-raster/process.ts';
import { run as runSample } from '../../processes/sample-raster/run.ts';
import slope from '../../processes/slope/process.ts';
import { run as runSlope } from '../../processes/slope/run.ts';
import terrainIndex from '../../processes/terrain-index/process.ts';
import { run as runTerrainIndex } from '../../processes/terrain-index/run.ts';
import zonalStatistics from '../../processes/zonal-statistics/process.ts';
import { run as runZonal } from '../../processes/zonal-statistics/run.ts';
import { fixture, openBytes } from '../geo/raster/formats/support.ts';
import { execute } from './support/execute.ts';
import { faultsIn, makeRaster } from './support/raster-process.ts';

const base64 = (name: string) => Buffer.from(fixture(`tiff-kinds/${name}.tif`)).toString('base64');

async function computeResult(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: object,
): Promise<Raster & { logged: readonly string[] }> {
  const { outputs, logged } = await execute(process, run, { inputs });
  return { ...(await openBytes(outputs['result'] as Uint8Array)), logged };
}

const extent = { bbox: [120_000, 479_475, 120_500, 480_000], crs: 'EPSG:28992' };
/** The processes whose results are made of the pixels of a raster, with inputs that keep them all or some. */
const copies: Readonly<Record<string, (raster: string) => ReturnType<typeof computeResult>>> = {
  'convert-raster': (raster) => computeResult(convertRaster, runConvert, { raster }),
  'clip-raster': (raster) => computeResult(clipRaster, runClip, { raster, extent }),
  'reproject-raster': (raster) =>
    computeResult(reprojectRaster, runReproject, { raster, targetCrs: 'EPSG:3857' }),
  mosaic: (raster) => computeResult(mosaic, runMosaic, { rasters: [raster, raster] }),
};

/** What is said of a raster, without what its pixels are. */
const pickMeaning = ({ bands, colorTable, metadata }: Raster) => ({
  bands: bands.map(({ dataType: _, ...band }) => band),
  colorTable,
  metadata,
});

describe('rasters keep what they are', () => {
  for (const [id, resultFrom] of Object.entries(copies)) {
    for (const name of [
      'scaled',
      'palette',
      'palette-4-bits',
      'rgba',
      'five-bands',
      'grey-alpha-16',
      'cmyk',
      'masked',
    ]) {
      it(`in ${id}: ${name}`, async () => {
        const before = pickMeaning(await openBytes(fixture(`tiff-kinds/${name}.tif`)));
        const after = pickMeaning(await resultFrom(base64(name)));
        // A table of 256 colours has room for one of 16.
        const size = before.colorTable?.length;
        const { colorTable, ...others } = after;
        assert.deepEqual(colorTable?.slice(0, size), before.colorTable);
        const { colorTable: _, ...wanted } = before;
        if (id === 'convert-raster') assert.deepEqual(others, wanted);
        else {
          // Statistics of all pixels are none of some.
          const bands = wanted.bands.map(({ metadata, ...band }) => {
            const { STATISTICS_MAXIMUM, ...kept } = metadata ?? {};
            return { ...band, ...(Object.keys(kept).length > 0 && { metadata: kept }) };
          });
          assert.deepEqual(others, { ...wanted, bands });
        }
      });
    }
  }

  it('but for a colour table where pixels have another type, which the client is told', async () => {
    const inputs = { raster: base64('palette'), outputType: 'float32' };
    const { colorTable, bands, logged } = await computeResult(convertRaster, runConvert, inputs);
    assert.deepEqual([colorTable, bands[0]!.colorInterpretation], [undefined, 'gray']);
    assert.match(logged.join('\n'), /The colour table was dropped/);
  });

  it('and the client is told where resampling mixes colours of a table', async () => {
    const inputs = { raster: base64('palette'), resampling: 'bilinear' };
    assert.match(
      (await computeResult(reprojectRaster, runReproject, inputs)).logged.join('\n'),
      /"bilinear" mixes/,
    );
    const nearest = await computeResult(reprojectRaster, runReproject, { raster: base64('palette') });
    assert.doesNotMatch(nearest.logged.join('\n'), /mixes/);
  });

  it('and rasters of other quantities make no mosaic', async () => {
    const band = Int16Array.of(1, 2, 3, 4);
    const of = (scale: number, unit: string) =>
      makeRaster([band], 2, { dataType: 'int16', meanings: [{ scale, unit }] });
    const rasters = (second: unknown) =>
      execute(mosaic, runMosaic, { inputs: { rasters: [...first, second] } });
    const first = [await of(0.1, 'm')];
    assert.match(
      (await faultsIn(rasters(await of(0.2, 'm'))))[0]!,
      /^\/inputs\/rasters\/1\/value: has the scale 0.2/,
    );
    assert.match(
      (await faultsIn(rasters(await of(0.1, 'ft'))))[0]!,
      /^\/inputs\/rasters\/1\/value: has the unit "ft"/,
    );
  });
});

describe('results that measure something say in which unit', () => {
  const heights = (meaning: object) =>
    makeRaster([Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)], 3, { dataType: 'int16', meanings: [meaning] });
  const unitFrom = async (process: ProcessDeclaration, run: Run<never>, inputs: object) =>
    (await computeResult(process, run, inputs)).bands[0]!.unit;

  it('slopes and aspects in theirs', async () => {
    const raster = await heights({});
    assert.equal(await unitFrom(slope, runSlope, { raster }), 'degree');
    assert.equal(await unitFrom(slope, runSlope, { raster, unit: 'percent' }), 'percent');
    assert.equal(await unitFrom(aspect, runAspect, { raster }), 'degree');
  });

  it('terrain indices and focal statistics in that of the band, unless they are of values as they are stored', async () => {
    for (const [process, run] of [
      [terrainIndex, runTerrainIndex],
      [focalStatistics, runFocalStatistics],
    ] as [ProcessDeclaration, Run<never>][]) {
      assert.equal(await unitFrom(process, run, { raster: await heights({ unit: 'm' }) }), 'm');
      assert.equal(await unitFrom(process, run, { raster: await heights({}) }), undefined);
      const scaled = await heights({ unit: 'm', scale: 0.1 });
      assert.equal(await unitFrom(process, run, { raster: scaled }), undefined);
    }
  });
});

describe('statistics are of stored or of scaled values', () => {
  const raster = () =>
    makeRaster([Int16Array.of(10, 20, 30, -99)], 2, {
      dataType: 'int16',
      nodata: -99,
      meanings: [{ scale: 0.5, offset: 100, unit: 'm' }],
    });
  const crs = { type: 'name', properties: { name: 'EPSG:3857' } };
  const layer = (geometry: object) => ({
    type: 'FeatureCollection',
    crs,
    features: [{ type: 'Feature', properties: {}, geometry }],
  });
  const square = [
    [
      [0, 0],
      [0, -20],
      [20, -20],
      [20, 0],
      [0, 0],
    ],
  ];
  type Collection = { features: { properties: Record<string, unknown> }[] };

  for (const [scaled, [least, mean, greatest]] of [
    [false, [10, 20, 30]],
    [true, [105, 110, 115]],
  ] as const) {
    const told = /Band 1 has the scale 0.5 and the offset 100/;
    const check = (logged: readonly string[]) =>
      scaled ? assert.doesNotMatch(logged.join('\n'), told) : assert.match(logged.join('\n'), told);

    it(`in raster-statistics, scaled: ${scaled}`, async () => {
      const { outputs, logged } = await execute(rasterStatistics, runStatistics, {
        inputs: { raster: await raster(), scaled },
      });
      const [band] = (outputs['result'] as { bands: Record<string, unknown>[] }).bands;
      const found = ['min', 'mean', 'max', 'nodataCount', 'scaled', 'unit'].map((key) => band![key]);
      assert.deepEqual(found, [least, mean, greatest, 1, scaled, 'm']);
      check(logged);
    });

    it(`in zonal-statistics, scaled: ${scaled}`, async () => {
      const features = layer({ type: 'Polygon', coordinates: square });
      const { outputs, logged } = await execute(zonalStatistics, runZonal, {
        inputs: { raster: await raster(), features, scaled },
      });
      const { properties } = (outputs['result'] as Collection).features[0]!;
      assert.deepEqual(properties, { count: 3, min: least, max: greatest, mean });
      check(logged);
    });

    it(`in sample-raster, scaled: ${scaled}`, async () => {
      const features = layer({ type: 'Point', coordinates: [5, -5] });
      const { outputs, logged } = await execute(sampleRaster, runSample, {
        inputs: { raster: await raster(), features, scaled },
      });
      assert.deepEqual((outputs['result'] as Collection).features[0]!.properties, { band1: least });
      check(logged);
    });
  }

  it('and other results are of stored ones, which the client is told', async () => {
    const { logged } = await execute(slope, runSlope, { inputs: { raster: await raster() } });
    assert.match(logged.join('\n'), /computed from the stored values/);
  });
});
