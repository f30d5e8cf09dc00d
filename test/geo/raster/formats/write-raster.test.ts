import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { LimitExceeded } from '../../../../core/shared/errors.ts';
import { Crs84, MediaType } from '../../../../core/shared/uris.ts';
import { crs84 } from '../../../../geo/crs/crs.ts';
import { compressions } from '../../../../geo/raster/formats/tiff/compress.ts';
import { unpackLzw } from '../../../../geo/raster/formats/tiff/lzw-decode.ts';
import { packLzw } from '../../../../geo/raster/formats/tiff/lzw-encode.ts';
import { openTiff } from '../../../../geo/raster/formats/tiff/open-tiff.ts';
import { writeRaster } from '../../../../geo/raster/formats/write-raster.ts';
import type { DataType, RasterContent } from '../../../../geo/raster/raster.ts';
import { newSamples } from '../../../../geo/raster/values/data-types.ts';
import { makeSource } from '../../../processes/support/run-context.ts';
import { crsFrom } from '../../../support/crs.ts';
import { openBytes } from './support.ts';

const dataTypes: readonly DataType[] = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'float64',
];

/** A raster with a slope and some noise that is the same every time. */
function content(
  width: number,
  height: number,
  options: Partial<RasterContent> & { count?: number } = {},
): RasterContent {
  const { count = 1, dataType = 'int16', ...rest } = options;
  const bands = Array.from({ length: count }, (_, band) => {
    const samples = newSamples(dataType, width * height);
    for (let index = 0; index < samples.length; index++)
      samples[index] =
        ((index % width) / 3 + Math.floor(index / width) + band * 7 + ((index * 7919) % 13)) * 1.37;
    return samples;
  });
  return {
    width,
    height,
    transform: [10, 0.5, 0, 50, 0, -0.25],
    crs: crsFrom('EPSG:28992'),
    dataType,
    bands,
    ...rest,
  };
}

async function roundTrip(
  wanted: RasterContent,
  mediaType: string,
  compression = compressions[0] as (typeof compressions)[number],
) {
  const { bytes } = await writeRaster(wanted, mediaType, compression);
  const raster = await openBytes(bytes);
  assert.deepEqual(
    [raster.width, raster.height, raster.crs?.name, raster.transform],
    [wanted.width, wanted.height, wanted.crs?.name, wanted.transform],
  );
  assert.equal(raster.bands.length, wanted.bands.length);
  for (const [index, band] of wanted.bands.entries()) {
    assert.equal(raster.bands[index]!.dataType, wanted.dataType);
    assert.ok(Object.is(raster.bands[index]!.nodata, wanted.nodata));
    assert.deepEqual(await raster.read(index + 1), band);
  }
}

describe('a GeoTIFF that is written is read again', () => {
  for (const dataType of dataTypes) {
    for (const compression of compressions) {
      it(`${dataType} with the compression ${compression}`, async () => {
        await roundTrip(content(530, 520, { dataType, nodata: 3 }), MediaType.cog, compression);
        await roundTrip(content(13, 7, { dataType, count: 3 }), MediaType.geotiff, compression);
      });
    }
  }

  it('with every CRS and kind of place', async () => {
    for (const crs of [undefined, 'EPSG:4326', 'EPSG:4258', 'EPSG:3857', 'EPSG:2263'])
      await roundTrip(content(5, 5, { crs: crs === undefined ? undefined : crsFrom(crs) }), MediaType.cog);
    await roundTrip(content(5, 5, { transform: [1000, 3, 2, 2000, 1, -4] }), MediaType.cog);
    await roundTrip(content(5, 5, { transform: [1000, 3, 0, 2000, 0, 4] }), MediaType.cog);
    await roundTrip(content(5, 5, { dataType: 'float32', nodata: Number.NaN }), MediaType.cog);
  });

  it('CRS84 is written as WGS 84, longitude first as ever', async () => {
    const { bytes } = await writeRaster(content(5, 5, { crs: crs84 }), MediaType.cog);
    assert.equal((await openBytes(bytes)).crs?.name, 'EPSG:4326');
  });

  it('gives the same bytes every time', async () => {
    for (const mediaType of [MediaType.cog, MediaType.geotiff, MediaType.png, MediaType.coverageJson]) {
      const [one, other] = await Promise.all([1, 2].map(() => writeRaster(content(300, 200), mediaType)));
      assert.deepEqual(one, other);
    }
  });
});

describe('Cloud Optimized GeoTIFF', () => {
  it('has tiles, overviews down to a tile, and all directories before the data', async () => {
    const { bytes } = await writeRaster(content(2100, 1030), MediaType.cog);
    const { images, options } = await openTiff(makeSource(bytes));
    assert.deepEqual(
      images.map(({ size }) => [size.width, size.height]),
      [
        [2100, 1030],
        [1050, 515],
        [525, 258],
        [263, 129],
      ],
    );
    assert.ok(options!.isCogOptimized);
    const offsets = images.map(({ tileOffset }) => Array.from(tileOffset.value as number[]));
    for (const [index, image] of images.entries()) {
      assert.deepEqual(image.tileSize, { width: 512, height: 512 });
      assert.equal(image.isSubImage, index > 0);
      // The smallest comes first.
      if (index > 0) assert.ok(Math.max(...offsets[index]!) < Math.min(...offsets[index - 1]!));
    }
    const directories = images.flatMap(({ tags }) => [...tags.values()].map(({ tagOffset }) => tagOffset));
    assert.ok(Math.max(...directories) < Math.min(...offsets.flat()));
  });

  it('overviews take one of the pixels below, also of missing ones', async () => {
    const wanted = content(1024, 512, { dataType: 'uint8' });
    const { bytes } = await writeRaster(wanted, MediaType.cog);
    const tiff = await openTiff(makeSource(bytes));
    const tile = await tiff.images[1]!.getTile(0, 0);
    const overview = inflateSync(Buffer.from(tile!.bytes));
    // Undoing the predictor gives the first row.
    let value = 0;
    for (let column = 0; column < 512; column++) {
      value = (value + overview[column]!) & 255;
      assert.equal(value, wanted.bands[0]![1024 + 2 * column + 1]);
    }
  });

  it('a plain GeoTIFF has one image', async () => {
    const { bytes } = await writeRaster(content(2100, 1030), MediaType.geotiff);
    assert.equal((await openTiff(makeSource(bytes))).images.length, 1);
  });
});

describe('LZW', () => {
  it('is unpacked to what was packed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20_000 }),
        fc.integer({ min: 1, max: 255 }),
        (bytes, alphabet) => {
          const some = bytes.map((byte) => byte % alphabet);
          assert.deepEqual(unpackLzw(packLzw(some), some.length), some);
        },
      ),
    );
    // Around the lengths at which codes get a bit more, and the table is begun anew.
    for (let length = 200; length < 4300; length += 23) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * index * 31) >> (length % 7));
      assert.deepEqual(unpackLzw(packLzw(bytes), bytes.length), bytes);
    }
  });
});

/** LZW as programs wrote it before TIFF 6.0: the lowest bit first, and codes that grow in time. */
function packOldLzw(bytes: Uint8Array): Uint8Array {
  const output: number[] = [];
  let [held, heldBits, bits, code] = [0, 0, 9, ''];
  const table = new Map<string, number>();
  const write = (value: number): void => {
    held |= value << heldBits;
    for (heldBits += bits; heldBits >= 8; heldBits -= 8, held >>>= 8) output.push(held & 0xff);
  };
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
  const begin = (): void => {
    write(256);
    table.clear();
    bits = 9;
  };
  begin();
  for (const byte of bytes) {
    const longer = code + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      code = longer;
      continue;
    }
    write(codeOf(code));
    table.set(longer, 258 + table.size);
    // The reader knows of a string one code later.
    if (257 + table.size === 1 << bits) bits++;
    code = String.fromCharCode(byte);
    if (table.size === 3800) begin();
  }
  if (code) write(codeOf(code));
  write(257);
  return Uint8Array.from([...output, held & 0xff, held >>> 8]);
}

describe('LZW of the time before TIFF 6.0', () => {
  it('is unpacked as libtiff does', () => {
    // "abababab" by hand: 256, 97, 98, 258, 260, 98, 257 in nine bits each, the lowest first.
    const written = [256, 97, 98, 258, 260, 98, 257].reduce(
      (sum, code, at) => sum | (BigInt(code) << BigInt(9 * at)),
      0n,
    );
    const bytes = Uint8Array.from({ length: 8 }, (_, at) => Number((written >> BigInt(8 * at)) & 255n));
    assert.equal(Buffer.from(unpackLzw(bytes, 8)).toString(), 'abababab');
    for (let length = 200; length < 12_000; length += 397) {
      const some = Uint8Array.from({ length }, (_, index) => (index * index * 31) >> (length % 7));
      assert.deepEqual(unpackLzw(packOldLzw(some), some.length), some, `${length} bytes`);
    }
  });
});

/** Width, height, kind of colour, transparent value and pixels of a picture as this project writes it. */
function picture(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at))
    chunks.set(
      Buffer.from(bytes.subarray(at + 4, at + 8)).toString(),
      bytes.subarray(at + 8, at + 8 + view.getUint32(at)),
    );
  const head = chunks.get('IHDR')!;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const stride = head[9] === 2 ? 3 : 1;
  const raw = inflateSync(chunks.get('IDAT')!);
  const pixels: number[] = [];
  for (let row = 0; row < height; row++) {
    const start = row * (1 + width * stride) + 1;
    for (let index = 0; index < width * stride; index++)
      pixels.push((raw[start + index]! + (index < stride ? 0 : pixels[pixels.length - stride]!)) & 255);
  }
  const transparent = chunks.get('tRNS');
  return { width, height, stride, pixels, transparent: transparent && [...transparent] };
}

describe('PNG', () => {
  it('has bytes as they are, and nodata transparent', async () => {
    const wanted = content(31, 17, { dataType: 'uint8', nodata: 0 });
    const { width, height, stride, pixels, transparent } = picture(
      (await writeRaster(wanted, MediaType.png)).bytes,
    );
    assert.deepEqual([width, height, stride, transparent], [31, 17, 1, [0, 0]]);
    assert.deepEqual(pixels, [...wanted.bands[0]!]);
  });

  it('has three bands in colours', async () => {
    const wanted = content(8, 5, { dataType: 'uint8', count: 4 });
    const { stride, pixels, transparent } = picture((await writeRaster(wanted, MediaType.png)).bytes);
    assert.deepEqual([stride, transparent], [3, undefined]);
    assert.deepEqual(
      pixels,
      [...wanted.bands[0]!].flatMap((value, index) => [
        value,
        wanted.bands[1]![index]!,
        wanted.bands[2]![index]!,
      ]),
    );
  });

  it('stretches other values between their 2nd and 98th percentile', async () => {
    const values = Float32Array.from({ length: 1001 }, (_, index) => (index === 1000 ? -9999 : index / 10));
    const wanted: RasterContent = {
      ...content(1001, 1),
      dataType: 'float32',
      nodata: -9999,
      bands: [values],
    };
    const { pixels, transparent } = picture((await writeRaster(wanted, MediaType.png)).bytes);
    assert.deepEqual(
      [pixels[0], pixels[20], pixels[500], pixels[980], pixels[999], pixels[1000]],
      [1, 1, 128, 255, 255, 0],
    );
    assert.deepEqual(transparent, [0, 0]);
    assert.ok(pixels.slice(1, 1000).every((value, index) => value >= pixels[index]!));
  });

  it('of equal values is grey', async () => {
    const flat: RasterContent = { ...content(3, 2), bands: [new Int16Array(6).fill(7)] };
    assert.deepEqual(
      picture((await writeRaster(flat, MediaType.png)).bytes).pixels,
      [128, 128, 128, 128, 128, 128],
    );
  });
});

describe('CoverageJSON', () => {
  const json = async (raster: RasterContent) =>
    JSON.parse(new TextDecoder().decode((await writeRaster(raster, MediaType.coverageJson)).bytes));

  it('has the centres of the pixels as axes, the CRS, and null for what is missing', async () => {
    const values = Float32Array.from([1.5, -9999, 3, Number.NaN, 5, 6]);
    const raster: RasterContent = { ...content(3, 2), dataType: 'float32', nodata: -9999, bands: [values] };
    const coverage = await json(raster);
    assert.equal(coverage.type, 'Coverage');
    assert.deepEqual(coverage.domain.axes, {
      x: { start: 10.25, stop: 11.25, num: 3 },
      y: { start: 49.875, stop: 49.625, num: 2 },
    });
    assert.equal(coverage.domain.referencing[0].system.id, 'http://www.opengis.net/def/crs/EPSG/0/28992');
    assert.deepEqual(coverage.ranges.band1, {
      type: 'NdArray',
      dataType: 'float',
      axisNames: ['y', 'x'],
      shape: [2, 3],
      values: [1.5, null, 3, null, 5, 6],
    });
    assert.deepEqual(Object.keys(coverage.parameters), ['band1']);
  });

  it('names WGS 84 as CRS84, and other geographic CRSs with the latitude first', async () => {
    const readSystem = async (crs: string | undefined) =>
      (await json(content(2, 2, { crs: crs === undefined ? undefined : crsFrom(crs) }))).domain.referencing;
    assert.deepEqual((await readSystem('EPSG:4326'))[0], {
      coordinates: ['x', 'y'],
      system: { type: 'GeographicCRS', id: Crs84 },
    });
    assert.deepEqual((await readSystem('EPSG:4258'))[0].coordinates, ['y', 'x']);
    assert.deepEqual(await readSystem(undefined), []);
  });

  it('is refused above a million pixels', async () => {
    await assert.rejects(writeRaster(content(1001, 1000), MediaType.coverageJson), LimitExceeded);
  });
});
