import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { type RowRange, WorkToDivide } from '../../../../core/run/context.ts';
import { MediaType } from '../../../../core/shared/uris.ts';
import { helperThreads } from '../../../../geo/parallel/helper-threads.ts';
import { layOutFile } from '../../../../geo/raster/formats/tiff/file-layout.ts';
import { unpackEntries } from '../../../../geo/raster/formats/tiff/part-index.ts';
import { writeRaster } from '../../../../geo/raster/formats/write-raster.ts';
import type { DataType, Raster, RasterContent } from '../../../../geo/raster/raster.ts';
import { stripOfRaster } from '../../../../geo/raster/strip.ts';
import { computeTerrain, type SURFACE } from '../../../../geo/raster/terrain/surface.ts';
import { newSamples } from '../../../../geo/raster/values/data-types.ts';
import { crsFrom } from '../../../support/crs.ts';
import { cuts, inParts, Objects, random } from '../../../support/raster-parts.ts';
import { openBytes, rasterContext } from '../formats/support.ts';

after(async () => {
  await helperThreads.end();
});

function rasterOf(
  width: number,
  height: number,
  dataType: DataType,
  bandCount: number,
  seed: number,
): RasterContent {
  const next = random(seed);
  const bands = Array.from({ length: bandCount }, () => {
    const samples = newSamples(dataType, width * height);
    for (let index = 0; index < samples.length; index += 1 + Math.floor(next() * 5))
      samples[index] = next() * 100;
    return samples;
  });
  return {
    width,
    height,
    dataType,
    bands,
    nodata: dataType === 'float32' ? Number.NaN : 0,
    transform: [4.03, 1 / 1200, 0, 53.07, 0, -1 / 1200],
    crs: crsFrom('EPSG:4326'),
  };
}

/** The same with masks instead of nodata: that miss something in one place only, the same, or different pixels. */
function masked(
  { nodata: _, ...content }: RasterContent,
  kind: 'rare' | 'same' | 'own' | 'none',
  alpha: boolean,
  seed: number,
): RasterContent {
  const { width, height, bands } = content;
  const next = random(seed);
  const mask = () => {
    const own = new Uint8Array(width * height).fill(1);
    if (kind === 'rare') own[Math.floor(next() * own.length)] = 0;
    else if (kind !== 'none')
      for (let index = 0; index < own.length; index += 1 + Math.floor(next() * 9)) own[index] = 0;
    return own;
  };
  const [first, ...others] = bands.map(mask);
  const masks = [first, ...others.map((own) => (kind === 'same' ? first?.slice() : own))];
  const meanings = bands.map((_band, index) =>
    alpha && index === bands.length - 1 ? { colorInterpretation: 'alpha' as const } : {},
  );
  // An alpha channel has 0 where the others are missing, and there only.
  const hasAlpha = alpha && bands.length > 1;
  const opaque = hasAlpha
    ? bands.map((band, index) => (index < bands.length - 1 ? band : band.map((v) => v || 1)))
    : bands;
  return { ...content, bands: opaque, masks, meanings };
}

/** The strip of a content that is there as a whole. */
function stripOfContent(content: RasterContent, { first, end, halo }: RowRange): RasterContent {
  const { width, height, transform, crs, bands, masks } = content;
  const row = Math.max(0, first - halo);
  const bottom = Math.min(height, end + halo);
  return {
    ...content,
    height: bottom - row,
    bands: bands.map((samples) => samples.slice(row * width, bottom * width)),
    ...(masks && { masks: masks.map((mask) => mask?.slice(row * width, bottom * width)) }),
    strip: { whole: { width, height, transform, crs }, row, first, end },
  };
}

const size = fc.record({
  width: fc.integer({ min: 1, max: 700 }),
  height: fc.integer({ min: 513, max: 1700 }),
});
const RUNS = { numRuns: 4 };

describe('a raster in parts', () => {
  for (const mediaType of [MediaType.cog, MediaType.geotiff])
    for (const compression of ['deflate', 'none'] as const)
      it(`is, as ${mediaType} with ${compression}, the same to the last byte as in one piece`, async () => {
        const arbitrary = fc.tuple(
          size.chain(({ width, height }) => fc.tuple(fc.constant({ width, height }), cuts(height, 3))),
          fc.constantFrom<DataType>('uint8', 'int16', 'float32', 'float64'),
          fc.integer({ min: 1, max: 3 }),
          fc.nat(),
        );
        await fc.assert(
          fc.asyncProperty(arbitrary, async ([[{ width, height }, ranges], dataType, bands, seed]) => {
            const content = rasterOf(width, height, dataType, bands, seed);
            const { bytes } = await writeRaster(content, mediaType, compression);
            const joined = await inParts(ranges, async (rows) => {
              const part = await writeRaster(stripOfContent(content, rows), mediaType, compression);
              return part.bytes;
            });
            assert.equal(Buffer.compare(joined, bytes), 0);
          }),
          RUNS,
        );
      });

  it('has the masks that it has in one piece: none, one of all bands, one for each, or an alpha channel', async () => {
    const kinds = ['rare', 'same', 'own', 'none'] as const;
    const arbitrary = fc.tuple(
      cuts(2100, 3),
      fc.constantFrom<DataType>('uint8', 'int16', 'float32'),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...kinds),
      fc.boolean(),
      fc.constantFrom(MediaType.cog, MediaType.geotiff),
      fc.nat(),
    );
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([ranges, dataType, bands, kind, alpha, mediaType, seed]) => {
        const content = masked(rasterOf(530, 2100, dataType, bands, seed), kind, alpha, seed);
        const { bytes } = await writeRaster(content, mediaType);
        const joined = await inParts(ranges, async (rows) => {
          const part = await writeRaster(stripOfContent(content, rows), mediaType);
          return part.bytes;
        });
        assert.equal(Buffer.compare(joined, bytes), 0);
      }),
      { numRuns: 8 },
    );
  });

  it('is refused where an alpha channel has 0 for pixels that are there, and none is missing', async () => {
    const bands = [0, 1].map(() => new Uint8Array(600 * 1100).fill(7));
    bands[1]?.fill(0, 0, 3);
    const content = {
      ...masked(rasterOf(600, 1100, 'uint8', 2, 1), 'none', true, 1),
      bands,
    };
    const parts = (of: RasterContent) =>
      inParts(
        [0, 512, 1024].map((first) => ({ first, end: Math.min(1100, first + 512), halo: 0 })),
        async (rows) => (await writeRaster(stripOfContent(of, rows), MediaType.cog)).bytes,
      );
    await assert.rejects(parts(content), { message: /have 0 in the alpha channel/ });
    const missing = content.bands.map((band) => new Uint8Array(band.length).fill(1).fill(0, -5));
    const { bytes } = await writeRaster({ ...content, masks: missing }, MediaType.cog);
    assert.equal(Buffer.compare(await parts({ ...content, masks: missing }), bytes), 0);
  });

  it('of terrain has the same pixels, at the edges of parts and of the raster too', async () => {
    const arbitrary = fc.tuple(
      cuts(2100, 1),
      fc.boolean(),
      fc.constantFrom('horn', 'zevenbergenThorne'),
      fc.nat(),
    );
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([ranges, computeEdges, algorithm, seed]) => {
        const { bytes } = await writeRaster(rasterOf(70, 2100, 'float32', 1, seed), MediaType.geotiff);
        const raster = await openBytes(bytes);
        const shade = async (of: Raster) => {
          const kernel = {
            name: 'hillshade',
            algorithm: algorithm as 'horn',
            light: { azimuth: 315, altitude: 45, zFactor: 1 },
          } as const;
          const type: typeof SURFACE = { dataType: 'uint8', nodata: 0 };
          const shades = await computeTerrain(of, { band: 1, computeEdges }, kernel, type, rasterContext());
          return (await writeRaster(shades, MediaType.cog)).bytes;
        };
        const joined = await inParts(ranges, (rows) => shade(stripOfRaster(raster, rows)));
        assert.equal(Buffer.compare(joined, await shade(raster)), 0);
      }),
      RUNS,
    );
  });

  it('is refused where a part is missing, or is of another raster', async () => {
    const objects = new Objects();
    const put = async (key: string, seed: number, rows: RowRange, nodata?: number) => {
      const content = rasterOf(600, 1500, 'int16', 1, seed);
      const strip = stripOfContent(nodata === undefined ? content : { ...content, nodata }, rows);
      objects.bytes.set(key, (await writeRaster(strip, MediaType.cog)).bytes);
    };
    await put('a', 1, { first: 0, end: 512, halo: 0 });
    await put('b', 1, { first: 512, end: 1024, halo: 0 });
    await put('c', 1, { first: 1024, end: 1500, halo: 0 });
    await put('other', 1, { first: 512, end: 1024, halo: 0 }, 7);
    assert.ok((await objects.join(['a', 'b', 'c'])).length > 0);
    await assert.rejects(objects.join(['a', 'c']), /does not follow/);
    await assert.rejects(objects.join(['a', 'b']), /1024 of 1500 rows/);
    await assert.rejects(objects.join(['a', 'other', 'c']), /another raster/);
    objects.bytes.set('b', (await writeRaster(rasterOf(5, 5, 'int16', 1, 1), MediaType.cog)).bytes);
    await assert.rejects(objects.join(['a', 'b', 'c']), /no part/);
  });

  it('is asked for when one is opened that is too large for a run that can be divided', async () => {
    const { bytes } = await writeRaster(rasterOf(10, 600, 'uint8', 1, 1), MediaType.geotiff);
    const open = (divideAbove: number) => openBytes(bytes, { ...rasterContext(), division: { divideAbove } });
    await assert.rejects(open(5999), new WorkToDivide({ width: 10, height: 600, weight: 1, rounds: 1 }));
    assert.equal((await open(6000)).height, 600);
    const strip = await openBytes(bytes, {
      ...rasterContext(),
      division: { rows: { first: 512, end: 600, halo: 1 } },
    });
    assert.deepEqual([strip.height, strip.strip?.row], [89, 511]);
  });

  it('a raster of one row of tiles is never divided', async () => {
    const { bytes } = await writeRaster(rasterOf(2000, 512, 'uint8', 1, 1), MediaType.geotiff);
    const raster = await openBytes(bytes, { ...rasterContext(), division: { divideAbove: 1 } });
    assert.equal(raster.width, 2000);
  });
});

describe('a file beyond 4 GiB', () => {
  it('is laid out as BigTIFF, which readers open', async () => {
    const content = rasterOf(700, 600, 'uint8', 1, 3);
    const { bytes } = await writeRaster(content, MediaType.cog);
    const classic = await openBytes(bytes);
    const part = await writeRaster(stripOfContent(content, { first: 0, end: 600, halo: 0 }), MediaType.cog);
    const objects = new Objects();
    objects.bytes.set('all', part.bytes);
    const { index, start } = await objects.part('all');
    // The image alone, without its overview: what matters are the directory and the offsets.
    const entries = unpackEntries(index.file.directories[0] ?? []);
    const layout = layOutFile([{ entries, lengths: index.lengths }], true, 0);
    const big = Buffer.concat([layout.header, part.bytes.subarray(start)]).subarray(0, layout.size);
    assert.deepEqual([big[2], big.length], [43, layout.size]);
    const opened = await openBytes(new Uint8Array(big));
    assert.deepEqual(await opened.read(1), await classic.read(1));
    assert.deepEqual(opened.transform, classic.transform);
  });

  it('has offsets beyond 32 bits', () => {
    const { offsets, size } = layOutFile([{ entries: [], lengths: [3e9, 3e9, 5] }], true);
    assert.deepEqual(
      offsets[0]?.map((offset) => offset - (offsets[0]?.[0] ?? 0)),
      [0, 3e9 + 8, 6e9 + 16],
    );
    assert.ok(size > 6e9);
  });
});
