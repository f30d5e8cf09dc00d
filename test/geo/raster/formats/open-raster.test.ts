import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput, LimitExceeded } from '../../../../core/shared/errors.ts';
import { openRaster } from '../../../../geo/raster/formats/open-raster.ts';
import type { Samples } from '../../../../geo/raster/raster.ts';
import { readValues } from '../../../../geo/raster/values/read-values.ts';
import { makeSource } from '../../../processes/support/run-context.ts';
import { fixture, openBytes, rasterContext } from './support.ts';

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly dataType: string;
  readonly crs: string | null;
  readonly transform: readonly number[];
  readonly nodata: string | null;
  readonly sha256: readonly string[];
  /** Of the mask as ones and zeros, where the file has one. */
  readonly mask?: string;
}

/** What rasterio reads from the files (see make.py beside them). */
const { rasters } = JSON.parse(new TextDecoder().decode(fixture('rasters/expected.json'))) as {
  rasters: Readonly<Record<string, Expected>>;
};
const computeHash = (samples: Samples) =>
  createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');

describe('a GeoTIFF is read as rasterio reads it', () => {
  for (const [name, expected] of Object.entries(rasters)) {
    it(name, async () => {
      const raster = await openBytes(fixture(`rasters/${name}.tif`));
      assert.deepEqual([raster.width, raster.height], [expected.width, expected.height]);
      assert.equal(raster.bands.length, expected.bands);
      for (const [index, value] of raster.transform.entries())
        assert.ok(Math.abs(value - expected.transform[index]!) <= 1e-9, `${raster.transform}`);
      const isCoded = expected.crs === null || expected.crs.startsWith('EPSG');
      // Without a code it is known by its definition.
      assert.equal(raster.crs?.name, isCoded ? (expected.crs ?? undefined) : 'unknown');
      for (const [index, { dataType, nodata }] of raster.bands.entries()) {
        assert.equal(dataType, expected.dataType);
        const wanted = expected.nodata === null ? undefined : Number(expected.nodata);
        assert.ok(Object.is(nodata, wanted), `nodata ${nodata} instead of ${wanted}`);
        assert.equal(computeHash(await raster.read(index + 1)), expected.sha256[index]);
      }
      const mask = await raster.readMask?.(1);
      assert.equal(mask && computeHash(mask.map((value) => (value === 0 ? 0 : 1))), expected.mask);
    });
  }
});

describe('windows', () => {
  it('are the same pixels that all of the raster has there', async () => {
    const names = [
      'int16-tiles-lzw-2-separate',
      'uint8-tiles-deflate-2',
      'float32-strips-none',
      'int32-bigtiff',
    ];
    for (const name of names) {
      const raster = await openBytes(fixture(`rasters/${name}.tif`));
      const band = raster.bands.length;
      const all = await raster.read(band);
      await fc.assert(
        fc.asyncProperty(fc.nat(52), fc.nat(36), fc.nat(52), fc.nat(36), async (x, y, across, down) => {
          const width = 1 + (across % (53 - x));
          const height = 1 + (down % (37 - y));
          const part = await raster.read(band, { column: x, row: y, width, height });
          const wanted = Array.from({ length: height }, (_, row) => [
            ...all.subarray((y + row) * 53 + x, (y + row) * 53 + x + width),
          ]);
          assert.deepEqual([...part], wanted.flat());
        }),
        { numRuns: 40 },
      );
    }
  });

  it('may be changed by those who read them', async () => {
    const raster = await openBytes(fixture('rasters/int16-strips-none.tif'));
    const first = await raster.read(1);
    const copy = [...first];
    first.fill(0);
    assert.deepEqual([...(await raster.read(1))], copy);
  });

  it('are the same whatever kind of array the bytes of the source are, wherever it begins', async () => {
    for (const name of ['float32-strips-none', 'float64-strips-none', 'float32-tiles-deflate-3']) {
      const bytes = fixture(`rasters/${name}.tif`);
      const shifted = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
      const twice = await openBytes(shifted);
      await twice.read(1);
      assert.deepEqual(await twice.read(1), await (await openBytes(bytes)).read(1));
    }
  });

  it('above the limit of pixels are refused, also those of synchronous executions', async () => {
    const bytes = fixture('rasters/uint8-strips-none.tif');
    const raster = await openBytes(bytes, rasterContext({ pixels: 100 }));
    await assert.rejects(
      async () => raster.read(1),
      (error: LimitExceeded) => error instanceof LimitExceeded && /1961 .* 100\./.test(error.detail!),
    );
    assert.equal((await raster.read(1, { column: 0, row: 0, width: 10, height: 10 })).length, 100);
    const waiting = await openBytes(bytes, { ...rasterContext({ syncPixels: 100 }), synchronous: true });
    await assert.rejects(
      async () => waiting.read(1),
      (error: LimitExceeded) => error instanceof LimitExceeded && /respond-async/.test(error.detail!),
    );
  });
});

describe('masks', () => {
  it('are read in windows, and what they leave out is missing', async () => {
    for (const name of ['uint8-mask', 'uint8-mask-cog']) {
      const raster = await openBytes(fixture(`rasters/${name}.tif`));
      const all = (await raster.readMask!(1))!;
      for (const column of [0, 3, 8, 17]) {
        const window = { column, row: 2, width: 21, height: 20 };
        const part = (await raster.readMask!(1, window))!;
        const values = await readValues(raster, 1, window);
        for (let index = 0; index < part.length; index++) {
          const wanted = all[(2 + Math.floor(index / 21)) * 53 + column + (index % 21)] === 0;
          assert.deepEqual([part[index] === 0, Number.isNaN(values[index]!)], [wanted, wanted]);
        }
      }
    }
  });
});

describe('what a raster does not say', () => {
  it('is logged: no place on the ground', async () => {
    const context = rasterContext();
    await openBytes(fixture('rasters/uint8-no-place.tif'), context);
    assert.equal(context.messages.length, 1);
    assert.match(context.messages[0]!, /is not georeferenced/);
  });
});

describe("files that cannot be read are the client's fault", () => {
  const isRefused = (error: unknown) =>
    error instanceof InvalidInput && error.faults[0]!.pointer === '/inputs/raster';
  const readAll = async (bytes: Uint8Array) => {
    const raster = await openBytes(bytes, rasterContext({ pixels: 10_000_000 }));
    for (const index of raster.bands.keys()) await raster.read(index + 1);
  };

  it('other formats, empty and short ones', async () => {
    for (const content of ['', 'II', 'II*\0', '{"type":"FeatureCollection"}', 'GIF89a'.padEnd(2000, '.')])
      await assert.rejects(readAll(new TextEncoder().encode(content)), isRefused);
  });

  it('cut anywhere', async () => {
    for (const name of [
      'int16-strips-lzw',
      'uint16-tiles-zstd-2',
      'int32-bigtiff',
      'uint8-strips-packbits',
    ]) {
      const bytes = fixture(`rasters/${name}.tif`);
      // GDAL puts the last block at the end.
      for (let length = 0; length < bytes.length - 1; length += 97)
        await assert.rejects(readAll(bytes.subarray(0, length)), isRefused, `${name} cut at ${length}`);
    }
  });

  it('with any byte changed: they are read or refused, and never break the service', async () => {
    const names = ['int16-strips-lzw', 'uint16-tiles-zstd-2', 'int32-bigtiff', 'float32-cog', 'uint8-mask'];
    const files = names.map((name) => fixture(`rasters/${name}.tif`));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.record({ at: fc.nat(), value: fc.nat(255), early: fc.boolean() }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (original, changes) => {
          const bytes = original.slice();
          for (const { at, value, early } of changes) bytes[at % (early ? 512 : bytes.length)] = value;
          try {
            await readAll(bytes);
          } catch (error) {
            assert.ok(
              error instanceof InvalidInput || error instanceof LimitExceeded,
              String((error as Error).stack),
            );
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('whose directories form a loop', async () => {
    const bytes = fixture('rasters/uint8-strips-none.tif').slice();
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + view.getUint16(directory, true) * 12, directory, true);
    await assert.rejects(
      readAll(bytes),
      (error: InvalidInput) => isRefused(error) && /form a loop/.test(error.detail!),
    );
  });
});

describe('ranges', () => {
  it('a window of a tiled file is read in few of them, and in few bytes', async () => {
    const bytes = fixture('rasters/float32-cog.tif');
    const source = makeSource(bytes, { pointer: '/inputs/raster' });
    const raster = await openRaster(source, rasterContext());
    const opened = source.reads.length;
    await raster.read(1, { column: 10, row: 10, width: 50, height: 50 });
    assert.equal(source.reads.length - opened, 1);
    assert.ok(source.reads.at(-1)!.length < bytes.length / 4);
    // What was read is kept.
    await raster.read(1, { column: 0, row: 0, width: 20, height: 20 });
    assert.equal(source.reads.length - opened, 1);
  });
});

describe('what a GeoTIFF means by its samples and keys', () => {
  const files = new URL('../../../fixtures/files/rasters/', import.meta.url);
  const open = (name: string) => openBytes(new Uint8Array(readFileSync(new URL(name, files))));

  it('is two colours of one band of single bits, as GDAL has it', async () => {
    const { bands, colorTable } = await open('bits-1.tif');
    assert.equal(bands[0]?.colorInterpretation, 'palette');
    assert.deepEqual(colorTable, [
      [0, 0, 0],
      [65_535, 65_535, 65_535],
    ]);
  });

  it('is a palette where there is a table of colours, though the photometric interpretation is grey', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('colour-table.tif', files)));
    const view = new DataView(bytes.buffer);
    const first = view.getUint32(4, true);
    const entries = Array.from({ length: view.getUint16(first, true) }, (_, index) => first + 2 + 12 * index);
    const photometric = entries.find((entry) => view.getUint16(entry, true) === 262)!;
    assert.equal(view.getUint16(photometric + 8, true), 3);
    view.setUint16(photometric + 8, 1, true);
    const { bands, colorTable } = await openBytes(bytes);
    assert.equal(bands[0]?.colorInterpretation, 'palette');
    assert.ok(colorTable);
  });

  it('is the unit of the vertical CRS', async () => {
    assert.equal((await open('crs-compound.tif')).bands[0]?.unit, 'metre');
  });
});

describe('what is no raster', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  const cases: [name: string, bytes: Uint8Array, told: RegExp][] = [
    [
      'GeoJSON',
      text('{"type": "FeatureCollection", "features": []}'),
      /is GeoJSON, vector features; this input takes a raster\.$/,
    ],
    [
      'a GeoPackage',
      fixture('files/layers/big-endian.gpkg'),
      /is a GeoPackage without readable raster tiles; this input takes a raster\.$/,
    ],
    ['FlatGeobuf', fixture('files/layers/crs-as-text-only.fgb'), /is FlatGeobuf, vector features/],
    [
      'another text',
      text('There is nothing here.'),
      /in any of the formats that can be read, such as GeoTIFF, .*formats\.md lists them all\.$/,
    ],
  ];
  for (const [name, bytes, told] of cases)
    it(`is refused as what it is: ${name}`, () => assert.rejects(openBytes(bytes), told));
});
