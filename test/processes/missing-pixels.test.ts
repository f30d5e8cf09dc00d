import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { MediaType } from '../../core/shared/uris.ts';
import type { DataType, Mask, Samples } from '../../geo/raster/raster.ts';
import { findTypeRange, newSamples } from '../../geo/raster/values/data-types.ts';
import { resamplings } from '../../geo/raster/warp/resampling-names.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClip } from '../../processes/clip-raster/run.ts';
import { outputTypes } from '../../processes/common/raster-inputs.ts';
import convertRaster from '../../processes/convert-raster/process.ts';
import { run as runConvert } from '../../processes/convert-raster/run.ts';
import focalStatistics from '../../processes/focal-statistics/process.ts';
import { run as runFocal } from '../../processes/focal-statistics/run.ts';
import heatmap from '../../processes/heatmap/process.ts';
import { run as runHeatmap } from '../../processes/heatmap/run.ts';
import idw from '../../processes/idw-interpolation/process.ts';
import { run as runIdw } from '../../processes/idw-interpolation/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import calculator from '../../processes/raster-calculator/process.ts';
import { run as runCalculator } from '../../processes/raster-calculator/run.ts';
import rasterize from '../../processes/rasterize/process.ts';
import { run as runRasterize } from '../../processes/rasterize/run.ts';
import reclassify from '../../processes/reclassify/process.ts';
import { run as runReclassify } from '../../processes/reclassify/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReproject } from '../../processes/reproject-raster/run.ts';
import terrainIndex from '../../processes/terrain-index/process.ts';
import { run as runIndex } from '../../processes/terrain-index/run.ts';
import { crsFrom } from '../support/crs.ts';
import { execute } from './support/execute.ts';
import { makeRaster, rasterProcess } from './support/raster-process.ts';

/** Pixels across and down of all rasters here. */
const [WIDTH, HEIGHT] = [4, 3];
const PIXELS = WIDTH * HEIGHT;
/** Values that are likely to be taken for nodata. */
const TEMPTING = [0, 1, 255, -9999, -128, 7, 254, -32_768];
const types: readonly DataType[] = ['uint8', 'int8', 'uint16', 'int16', 'int32', 'float32', 'float64'];

interface Given {
  readonly input: Awaited<ReturnType<typeof makeRaster>>;
  readonly dataType: DataType;
  /** Null where a pixel is missing. */
  readonly pixels: readonly (number | null)[];
}

interface Drawn {
  readonly dataType: DataType;
  readonly values: readonly number[];
  readonly missing: readonly boolean[];
  readonly way: 'nodata' | 'mask' | 'alpha' | 'nothing';
  readonly nodata: number;
}

const drawn = (dataTypes: readonly DataType[] = types): fc.Arbitrary<Drawn> =>
  fc.record({
    dataType: fc.constantFrom(...dataTypes),
    values: fc.array(fc.oneof(fc.constantFrom(...TEMPTING), fc.integer({ min: 0, max: 200 })), {
      minLength: PIXELS,
      maxLength: PIXELS,
    }),
    missing: fc.array(fc.boolean(), { minLength: PIXELS, maxLength: PIXELS }),
    way: fc.constantFrom('nodata', 'mask', 'alpha', 'nothing'),
    nodata: fc.constantFrom(...TEMPTING),
  });

const cut = (dataType: DataType, value: number): number => {
  const [least, most] = findTypeRange(dataType) ?? [-Infinity, Infinity];
  return Math.min(most, Math.max(least, value));
};

/** A file with some pixels missing in one way or another. */
async function given({ dataType, values, missing, way, nodata: number }: Drawn): Promise<Given> {
  const nodata = cut(dataType, number);
  const samples: Samples = newSamples(dataType, PIXELS);
  samples.set(values.map((value) => cut(dataType, value)));
  const isMissing = (index: number) =>
    way === 'nodata' ? samples[index] === nodata : way !== 'nothing' && missing[index]!;
  const mask: Mask = Uint8Array.from(samples, (_, index) => (isMissing(index) ? 0 : 1));
  const pixels = Array.from(samples, (value, index) => (isMissing(index) ? null : value));
  const content = { dataType, crs: crsFrom('EPSG:32631') };
  if (way === 'nodata')
    return { input: await makeRaster([samples], WIDTH, { ...content, nodata }), dataType, pixels };
  if (way === 'mask')
    return { input: await makeRaster([samples], WIDTH, { ...content, masks: [mask] }), dataType, pixels };
  if (way === 'nothing') return { input: await makeRaster([samples], WIDTH, content), dataType, pixels };
  const alpha = newSamples(dataType, PIXELS);
  alpha.set(mask.map((present) => (present === 0 ? 0 : 100)));
  const meanings = [{ colorInterpretation: 'gray' }, { colorInterpretation: 'alpha' }] as const;
  return { input: await makeRaster([samples, alpha], WIDTH, { ...content, meanings }), dataType, pixels };
}

const options = { numRuns: 60, seed: 20_251_129 };
const present = (pixels: readonly (number | null)[]) => pixels.map((value) => value !== null);

function check<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  property: (...values: Values) => Promise<void>,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(...(arbitraries as unknown as [fc.Arbitrary<Values[0]>]), property as never),
    options,
  );
}

describe('no valid pixel becomes missing, and no missing one valid', () => {
  it('in convert-raster', async () => {
    const { computeResult } = rasterProcess(convertRaster, runConvert);
    await check(
      [drawn(), fc.option(fc.constantFrom(...outputTypes), { nil: undefined })],
      async (raster, outputType) => {
        const { input, dataType, pixels } = await given(raster);
        const { bands } = await computeResult({ raster: input, ...(outputType && { outputType }) });
        assert.deepEqual(
          bands[0],
          pixels.map((value) => value && cut(outputType ?? dataType, value)),
        );
      },
    );
  });

  it('in clip-raster, inside of the polygons', async () => {
    const { computeResult } = rasterProcess(clipRaster, runClip);
    const features = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0, -100],
          [20, -100],
          [20, 0],
          [0, 0],
        ],
      ],
    };
    const crs = { type: 'name', properties: { name: 'EPSG:32631' } };
    const polygons = {
      type: 'FeatureCollection',
      crs,
      features: [{ type: 'Feature', properties: {}, geometry: features }],
    };
    await check([drawn(), fc.boolean()], async (raster, crop) => {
      const { input, pixels } = await given(raster);
      const { bands, width } = await computeResult({ raster: input, features: polygons, crop });
      const wanted = crop
        ? pixels.filter((_, index) => index % WIDTH < 2)
        : pixels.map((value, index) => (index % WIDTH < 2 ? value : null));
      assert.deepEqual([width, bands[0]], [crop ? 2 : WIDTH, wanted]);
    });
  });

  it('in reproject-raster, however it resamples', async () => {
    const { computeResult } = rasterProcess(reprojectRaster, runReproject);
    await check([drawn(), fc.constantFrom(...resamplings)], async (raster, resampling) => {
      const { input, pixels } = await given(raster);
      const { bands } = await computeResult({ raster: input, resampling });
      if (resampling === 'nearest') assert.deepEqual(bands[0], pixels);
      // Lanczos has no value where less than half of the pixels around are there.
      else if (resampling !== 'lanczos') assert.deepEqual(present(bands[0]!), present(pixels));
    });
  });

  it('in mosaic', async () => {
    const { computeResult } = rasterProcess(mosaic, runMosaic);
    const method = fc.constantFrom('first', 'last', 'min', 'max', 'mean');
    await check([drawn(['uint8']), drawn(['uint8']), method], async (one, other, how) => {
      const alike = { ...other, way: one.way === 'alpha' ? 'alpha' : 'mask' } as const;
      const [first, second] = [await given(one), await given(alike)];
      const { bands } = await computeResult({ rasters: [first.input, second.input], method: how });
      const both = first.pixels.map((value, index) => value ?? second.pixels[index]!);
      assert.deepEqual(present(bands[0]!), present(both));
      if (how === 'first') assert.deepEqual(bands[0], both);
    });
  });

  it('in reclassify', async () => {
    const { computeResult } = rasterProcess(reclassify, runReclassify);
    const newValue = fc.constantFrom(...TEMPTING);
    await check([drawn(), newValue, fc.boolean()], async (raster, value, keep) => {
      const { input, pixels } = await given(raster);
      const classes = [
        { min: 7, max: 8, newValue: null },
        { min: -1, max: 100, newValue: value },
      ];
      const unmatched = keep ? 'keep' : 'nodata';
      const { bands } = await computeResult({ raster: input, classes, unmatched });
      const wanted = pixels.map((own) => {
        if (own === null || own === 7) return null;
        if (own >= -1 && own < 100) return value;
        return keep ? own : null;
      });
      assert.deepEqual(bands[0], wanted);
    });
  });

  it('in raster-calculator', async () => {
    const { computeResult } = rasterProcess(calculator, runCalculator);
    const expressions = ['A > 0', 'A * 0 - 9999', 'A * 0', 'A * 0 + 255'];
    await check(
      [drawn(), fc.constantFrom(...expressions), fc.constantFrom(...outputTypes)],
      async (raster, expression, outputType) => {
        const { input, pixels } = await given(raster);
        const { bands } = await computeResult({ rasters: [input], expression, outputType });
        assert.deepEqual(present(bands[0]!), present(pixels));
        if (expression === 'A > 0')
          assert.deepEqual(
            bands[0],
            pixels.map((value) => value && (value > 0 ? 1 : 0)),
          );
      },
    );
  });

  it('in focal-statistics', async () => {
    const { computeResult } = rasterProcess(focalStatistics, runFocal);
    const statistics = fc.constantFrom('mean', 'min', 'max', 'median', 'sum', 'stddev', 'range');
    await check([drawn(), statistics, fc.constantFrom(1, 3)], async (raster, statistic, size) => {
      const { input, pixels } = await given(raster);
      const { bands } = await computeResult({ raster: input, statistic, size });
      assert.deepEqual(present(bands[0]!), present(pixels));
    });
  });

  it('in terrain-index', async () => {
    const { computeResult } = rasterProcess(terrainIndex, runIndex);
    await check([drawn()], async (raster) => {
      const { input, pixels } = await given(raster);
      const { bands } = await computeResult({ raster: input, index: 'tpi', computeEdges: true });
      assert.deepEqual(present(bands[0]!), present(pixels));
    });
  });

  it('in rasterize', async () => {
    const { computeResult } = rasterProcess(rasterize, runRasterize);
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [2, 1],
          [0, 1],
          [0, 0],
        ],
      ],
    };
    const merge = fc.constantFrom('replace', 'add');
    await check(
      [fc.constantFrom(...TEMPTING), fc.constantFrom(...outputTypes), merge],
      async (value, outputType, how) => {
        const extent = { bbox: [0, 0, 3, 2] };
        const inputs = { features: square, value, resolution: 1, extent, outputType, merge: how };
        const burnt = cut(outputType, value);
        const { bands } = await computeResult(inputs);
        assert.deepEqual(bands[0], [null, null, null, burnt, burnt, null]);
      },
    );
  });

  it('in idw-interpolation and heatmap', async () => {
    const point = (value: number) => ({
      type: 'Feature',
      properties: { value },
      geometry: { type: 'Point', coordinates: [0.5, 0.5] },
    });
    const grid = { resolution: 1, extent: { bbox: [0, 0, 3, 1] }, radius: 1.2 };
    const surface = rasterProcess(idw, runIdw);
    const density = rasterProcess(heatmap, runHeatmap);
    for (const value of TEMPTING) {
      const features = { type: 'FeatureCollection', features: [point(value)] };
      const { bands } = await surface.computeResult({ ...grid, features, valueField: 'value' });
      assert.deepEqual(bands[0], [value, value, null]);
      const warm = await density.computeResult({ ...grid, features, weightField: 'value' });
      assert.ok(warm.bands[0]!.every((pixel) => pixel !== null));
    }
  });

  it('in PNG and CoverageJSON', async () => {
    const written = async (raster: unknown, mediaType: string) => {
      const outputs = { result: { format: { mediaType } } };
      const executed = await execute(convertRaster, runConvert, { inputs: { raster }, outputs });
      return executed.outputs['result'];
    };
    await check([drawn()], async (raster) => {
      const { input, pixels } = await given(raster);
      const png = (await written(input, MediaType.png)) as Uint8Array;
      assert.deepEqual(opaquePixels(png), present(pixels));
      const { ranges } = (await written(input, MediaType.coverageJson)) as {
        ranges: { band1: { values: (number | null)[] } };
      };
      assert.deepEqual(ranges.band1.values, pixels);
    });
  });
});

/** Which pixels of a grey picture are not transparent. */
function opaquePixels(png: Uint8Array): boolean[] {
  const view = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < view.length; at += 12 + view.readUInt32BE(at))
    chunks.set(
      view.toString('latin1', at + 4, at + 8),
      view.subarray(at + 8, at + 8 + view.readUInt32BE(at)),
    );
  const stride = chunks.get('IHDR')![9] === 4 ? 2 : 1;
  const transparent = chunks.get('tRNS')?.[1];
  const bytes = inflateSync(chunks.get('IDAT')!);
  const rowBytes = 1 + WIDTH * stride;
  return Array.from({ length: PIXELS }, (_, index) => {
    const start = Math.floor(index / WIDTH) * rowBytes + 1;
    let value = 0;
    // The filter is the difference to the pixel to the left.
    for (let column = 0; column <= index % WIDTH; column++)
      value = (value + bytes[start + column * stride + stride - 1]!) & 255;
    return stride === 2 ? value !== 0 : value !== transparent;
  });
}
