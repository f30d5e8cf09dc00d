import { constants, deflateSync, zstdCompressSync } from 'node:zlib';
import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';
import { type TiffOptions, tiff } from '../support/tiff.ts';

const raster = (
  name: string,
  make: () => TiffOptions | Uint8Array,
  answer: Bomb['answer'],
  process = 'raster-statistics',
) =>
  fileBomb(
    `TIFF: ${name}`,
    { process, input: 'raster', file: 'bomb.tif' },
    () => {
      const made = make();
      return made instanceof Uint8Array ? made : tiff(made);
    },
    answer,
  );

const DEFLATE = 8;
const LZW = 5;
const ZSTD = 50_000;
const PACKBITS = 32_773;
const JPEG = 7;
const WEBP = 50_001;
const LERC = 34_887;

/** A zlib stream of zeros. */
function zeros(megabytes: number): Uint8Array {
  const step = 16;
  const raw = deflateSync(new Uint8Array(step << 20), { finishFlush: constants.Z_FULL_FLUSH });
  const blocks = Array.from({ length: Math.max(0, Math.ceil(megabytes / step) - 1) }, () => raw.subarray(2));
  return Buffer.concat([raw, ...blocks, Buffer.from([1, 0, 0, 0xff, 0xff])]);
}
const zstdZeros = (megabytes: number): Uint8Array => {
  const frame = zstdCompressSync(new Uint8Array(16 << 20));
  return Buffer.concat(Array.from({ length: Math.ceil(megabytes / 16) }, () => frame));
};
/** The header of a JPEG picture of these dimensions, and nothing after it. */
const jpegHeader = (width: number, height: number): Uint8Array =>
  Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    0x11,
    0,
    0xff,
    0xda,
    0,
    8,
    1,
    1,
    0,
    0,
    63,
    0,
    0xff,
    0xd9,
  ]);
/** The header of a lossless WebP picture. */
function webpHeader(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF');
  bytes.writeUInt32LE(32, 4);
  bytes.write('WEBPVP8L', 8);
  bytes.writeUInt32LE(20, 16);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21);
  return bytes;
}
/** The header of a Lerc2 blob, version 2. */
function lercHeader(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(200);
  bytes.write('Lerc2 ');
  bytes.writeInt32LE(2, 6);
  bytes.writeInt32LE(height, 10);
  bytes.writeInt32LE(width, 14);
  bytes.writeInt32LE(Math.min(width * height, 2 ** 31 - 1), 18);
  bytes.writeInt32LE(8, 22);
  bytes.writeInt32LE(200, 26);
  bytes.writeInt32LE(6, 30);
  return bytes;
}
const tile = (
  compression: number,
  block: Uint8Array,
  size = 16,
  tags: TiffOptions['tags'] = {},
): TiffOptions => ({
  blocks: [block],
  tags: { 259: [compression], 322: [size], 323: [size], ...tags },
});

/** Sizes that lie, blocks that unfold, directories without end. */
export const rasterBombs: readonly Bomb[] = [
  raster(
    'an image of 2^31 - 1 pixels in the square in one tile',
    () => ({ tags: { 256: [2 ** 31 - 1], 257: [2 ** 31 - 1], 322: [2 ** 31 - 1], 323: [2 ** 31 - 1] } }),
    invalid(/too large to read/),
  ),
  raster(
    'an image of 2^31 - 1 pixels in the square in tiles that it does not have',
    () => ({ tags: { 256: [2 ** 31 - 1], 257: [2 ** 31 - 1] } }),
    invalid(/of its \d+ blocks/),
  ),
  raster(
    'an image of 100 000 x 100 000 pixels of nothing',
    () => ({
      tags: {
        256: [100_000],
        257: [100_000],
        322: [100_000],
        323: [10_000],
        324: Array.from({ length: 10 }, () => 0),
        325: Array.from({ length: 10 }, () => 0),
      },
    }),
    invalid(/too large to read/),
  ),
  raster(
    'a tile of 16 384 x 16 384 for an image of 16 x 16',
    () => tile(DEFLATE, zeros(16), 16_384),
    invalid(/unexpected end of file/),
  ),
  raster(
    'a tile of 1 GB that unfolds from 1 MB for an image of 16 x 16',
    () => tile(DEFLATE, zeros(1024), 32_768),
    invalid(/too large to read/),
  ),
  raster(
    'sixteen tiles of 256 MB each',
    () => ({
      blocks: Array.from({ length: 16 }, () => zeros(256)),
      tags: {
        256: [64 * 4],
        257: [16_384 * 4],
        259: [DEFLATE],
        322: [16_384],
        323: [16_384],
        324: undefined as never,
        325: undefined as never,
      },
    }),
    invalid(/it has only 0 of its 4 blocks/),
  ),
  raster(
    'a block that unfolds to 1 GB where 256 bytes belong',
    () => tile(DEFLATE, zeros(1024)),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  raster(
    'a block of ZSTD that unfolds to 4 GB',
    () => tile(ZSTD, zstdZeros(4096)),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  raster(
    'a block of ZSTD that claims 2^60 bytes',
    () => tile(ZSTD, Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0x10, 1, 0, 0])),
    invalid(/Frame requires too much memory for decoding/),
  ),
  raster(
    'a block of LZW of a million codes',
    () => tile(LZW, new Uint8Array(1e6).fill(0xaa)),
    invalid(/an LZW-compressed block is damaged/),
  ),
  raster(
    'a block of LZW in a tile of 256 MB',
    () => tile(LZW, new Uint8Array(64), 16_384),
    invalid(/a block has 56 bytes instead of \d+ when decompressed/),
  ),
  raster(
    'a block of PackBits of 20 million runs',
    () => tile(PACKBITS, new Uint8Array(20e6).fill(0x81)),
    'computed',
  ),
  raster(
    'a JPEG of 65 535 x 65 535 in a tile of 16 x 16',
    () => tile(JPEG, jpegHeader(65_535, 65_535)),
    invalid(/JPEG/),
  ),
  raster(
    'a JPEG of 20 000 x 20 000 in a tile of 16 x 16',
    () => tile(JPEG, jpegHeader(20_000, 20_000)),
    invalid(/JPEG/),
  ),
  raster(
    'a WebP of 16 383 x 16 383 in a tile of 16 x 16',
    () => tile(WEBP, webpHeader(16_383, 16_383), 16, { 277: [3], 258: [8, 8, 8], 262: [2] }),
    invalid(/WebP/),
  ),
  raster(
    'a LERC of 40 000 x 40 000 in a tile of 16 x 16',
    () => tile(LERC, lercHeader(40_000, 40_000)),
    invalid(/lerc-getBlobInfo: error code is 1/),
  ),
  raster(
    'a LERC of 2^31 - 1 columns',
    () => tile(LERC, lercHeader(2 ** 31 - 1, 1)),
    invalid(/lerc-getBlobInfo: error code is 1/),
  ),
  raster(
    'a LERC that is packed once more and unfolds to 1 GB',
    () => tile(LERC, zeros(1024), 16, { 50674: [4, 1] }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  raster(
    '65 535 bands',
    () => ({ tags: { 277: [65_535] } }),
    invalid(/a block has \d+ bytes instead of \d+ when decompressed/),
  ),
  raster(
    '2^31 - 1 bands',
    () => ({ tags: { 277: [2 ** 31 - 1] } }),
    invalid(/its blocks of \d+ bytes are too large to read/),
  ),
  raster('a sample of 65 535 bits', () => ({ tags: { 258: [65_535] } }), invalid(/bits|sample/)),
  raster(
    'a tag of 2^32 - 1 values',
    () => ({ tags: { 324: { count: 2 ** 32 - 1, at: 8 } } }),
    invalid(/it has a tag of \d+ bytes/),
  ),
  raster(
    'a tag of 2^53 values in a BigTIFF',
    () => ({ big: true, tags: { 324: { count: 2 ** 53, at: 16 } } }),
    invalid(/\d+ exceeds MAX_SAFE_INTEGER/),
  ),
  raster(
    'a text of 4 GB in the metadata',
    () => ({ tags: { 42112: { count: 2 ** 32 - 1, at: 8 } } }),
    invalid(/it has a tag of \d+ bytes/),
  ),
  raster('directories in a ring', () => ({ next: -1 }), invalid(/form a loop/)),
  raster(
    'a directory beyond the file',
    () => ({ next: 0xfffffff0 }),
    invalid(/it refers to byte \d+, which is beyond its end/),
  ),
  raster(
    'one strip of 2^50 bytes that becomes 2^30 pieces',
    () => ({
      big: true,
      tags: {
        256: [2 ** 20],
        257: [2 ** 30],
        322: undefined as never,
        323: undefined as never,
        324: undefined as never,
        325: undefined as never,
        273: [16],
        278: [2 ** 30],
        279: [2 ** 50],
      },
    }),
    invalid(/its blocks of \d+ bytes are too large to read/),
  ),
  raster(
    'a colour table of 2^30 colours',
    () => ({ tags: { 262: [3], 320: { count: 2 ** 30, at: 8 } } }),
    invalid(/it has a tag of \d+ bytes/),
  ),
  raster(
    'a million control points that are not there',
    () => ({ tags: { 33922: { count: 6e6, at: 8 } } }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  raster(
    'an image of 10 000 x 11 000 pixels left out',
    () => ({ tags: { 256: [10_000], 257: [11_000], 322: [10_000], 323: [11_000], 324: [0], 325: [0] } }),
    tooLarge(/pixels would be read/),
    'convert-raster',
  ),
];
