import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InvalidInput } from '../../../core/shared/errors.ts';
import process from '../../../processes/raster-info/process.ts';
import { run } from '../../../processes/raster-info/run.ts';
import { fixture } from '../../geo/raster/formats/support.ts';
import { execute } from '../support/execute.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly dataType: string;
  readonly crs: string | null;
  readonly transform: readonly [number, number, number, number, number, number];
  readonly nodata: string | null;
}

const { engine, rasters } = JSON.parse(new TextDecoder().decode(fixture('rasters/expected.json'))) as {
  readonly engine: string;
  readonly rasters: Readonly<Record<string, Expected>>;
};
interface Kind {
  readonly colorInterpretations: readonly string[];
  readonly descriptions: readonly (string | null)[];
  readonly units: readonly (string | null)[];
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
  readonly bandTags: readonly Readonly<Record<string, string>>[];
  readonly colorTable: readonly (readonly number[])[] | null;
}

/** What rasterio says of files of many kinds (see make.py beside them). */
const kinds = JSON.parse(new TextDecoder().decode(fixture('tiff-kinds/expected.json'))) as {
  readonly files: Readonly<Record<string, Kind>>;
};
const base64 = (name: string) => Buffer.from(fixture(name)).toString('base64');
const computeInfo = async (name: string) =>
  (await execute(process, run, { inputs: { raster: base64(name) } })).outputs['result'] as Record<
    string,
    unknown
  >;

describe(`raster-info says what ${engine} says`, () => {
  for (const [name, expected] of Object.entries(rasters)) {
    it(`of ${name}`, async () => {
      const { bbox, resolution, transform, wkt, bands, ...all } = await computeInfo(`rasters/${name}.tif`);
      // What has no code is defined.
      const isCustom = expected.crs !== null && !expected.crs.startsWith('EPSG:');
      assert.equal(typeof wkt, isCustom ? 'string' : 'object');
      if (isCustom) assert.match(String(wkt), /^PROJCRS\[.*Lambert Azimuthal Equal Area/);
      const info = {
        width: all['width'],
        height: all['height'],
        crs: all['crs'],
        bands: (bands as Record<string, unknown>[]).map((band) => ({
          band: band['band'],
          dataType: band['dataType'],
          nodata: band['nodata'],
        })),
      };
      const { width, height, dataType } = expected;
      const nodata =
        expected.nodata === null ? null : expected.nodata === 'nan' ? 'NaN' : Number(expected.nodata);
      assert.deepEqual(info, {
        width,
        height,
        crs: expected.crs?.startsWith('EPSG:') ? expected.crs : null,
        bands: Array.from({ length: expected.bands }, (_, index) => ({ band: index + 1, dataType, nodata })),
      });
      const [x, xColumn, xRow, y, yColumn, yRow] = expected.transform;
      assertNear(transform, expected.transform);
      assertNear(resolution, [Math.hypot(xColumn, yColumn), Math.hypot(xRow, yRow)]);
      const corners = [0, width].flatMap((column) =>
        [0, height].map(
          (row) => [x + column * xColumn + row * xRow, y + column * yColumn + row * yRow] as const,
        ),
      );
      const [xs, ys] = [corners.map((corner) => corner[0]), corners.map((corner) => corner[1])];
      assertNear(bbox, [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
    });
  }

  for (const [name, expected] of Object.entries(kinds.files)) {
    if (/complex|ccitt|bent/.test(name)) continue;
    it(`of the meaning of ${name}`, async () => {
      const info = await computeInfo(`tiff-kinds/${name}.tif`);
      const bands = info['bands'] as Record<string, unknown>[];
      const column = (key: string) => bands.map((band) => band[key]);
      assert.deepEqual(column('description'), expected.descriptions);
      assert.deepEqual(column('unit'), expected.units);
      assert.deepEqual(column('scale'), expected.scales);
      assert.deepEqual(column('offset'), expected.offsets);
      assert.deepEqual(column('metadata'), expected.bandTags);
      assert.deepEqual(info['metadata'], expected.tags);
      // GDAL makes colours of inks, and a table of single bits.
      if (name === 'cmyk' || bands[0]!['colorInterpretation'] !== expected.colorInterpretations[0]) return;
      assert.deepEqual(column('colorInterpretation'), expected.colorInterpretations);
      assert.deepEqual(info['colorTable'] ?? null, expected.colorTable);
    });
  }

  it('of how a file keeps its pixels', async () => {
    const { compression, blockSize, overviews, bands } = await computeInfo('rasters/uint8-mask-cog.tif');
    assert.deepEqual(
      { compression, blockSize, overviews },
      { compression: 'deflate', blockSize: [128, 128], overviews: [] },
    );
    assert.equal((bands as { mask: string }[])[0]!.mask, 'perDataset');
    const rgba = await computeInfo('tiff-kinds/rgba.tif');
    const masks = (rgba['bands'] as { mask: string }[]).map(({ mask }) => mask);
    assert.deepEqual(masks, ['alpha', 'alpha', 'alpha', 'none']);
    assert.deepEqual(rgba['blockSize'], [27, 21]);
  });

  it('of an elevation model', async () => {
    const { bbox, ...info } = await computeInfo('jacksboro.tif');
    assert.equal(info['crs'], 'EPSG:4326');
    assertNear(bbox, [-84.41375, 36.44625, -84.07791666666667, 36.73291667], 1e-8);
  });
});

function assertNear(found: unknown, wanted: readonly number[], tolerance = 1e-9): void {
  const numbers = found as number[];
  assert.equal(numbers.length, wanted.length);
  for (const [index, value] of wanted.entries())
    assert.ok(Math.abs(numbers[index]! - value) <= tolerance, `${numbers} instead of ${wanted}`);
}

describe('raster-info', () => {
  it('reads the header only', async () => {
    const bytes = fixture('rasters/float32-cog.tif');
    const raster = makeSource(bytes, { pointer: '/inputs/raster' });
    await run({ raster }, makeContext(process, { limits: { pixels: 1 } }));
    assert.ok(raster.reads.reduce((sum, { length }) => sum + length, 0) <= 2 * 64 * 1024);
    assert.ok(raster.reads.every(({ offset }) => offset === 0));
  });

  it('refuses what is no GeoTIFF', async () => {
    await assert.rejects(
      execute(process, run, { inputs: { raster: Buffer.from('a raster').toString('base64') } }),
      (error: InvalidInput) => error.faults[0]!.pointer === '/inputs/raster' && /GeoTIFF/.test(error.detail!),
    );
  });

  itCanBeDismissed(process, run, async () => ({ raster: base64('jacksboro.tif') }));
  itRunsItsExamples(process, run);
});
