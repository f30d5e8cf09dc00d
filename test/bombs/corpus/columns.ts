import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';
import { group, type ParquetOptions, parquet } from '../support/parquet.ts';

const file = (
  name: string,
  make: () => ParquetOptions | Uint8Array,
  answer: Bomb['answer'],
  mediaType?: string,
): Bomb => ({
  ...fileBomb(
    `Parquet: ${name}`,
    { file: 'bomb.parquet' },
    () => {
      const made = make();
      return made instanceof Uint8Array ? made : parquet(made);
    },
    answer,
  ),
  ...(mediaType === undefined ? {} : { mediaType }),
});

/** A run of RLE (Parquet's hybrid encoding) of `count` zeros. */
function zeroRun(count: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = count * 2; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...bytes, left, 0]);
    bytes.push((left % 128) | 128);
  }
}
/** Levels with their length before them, as version 1 of pages has them. */
function levels(count: number): Uint8Array {
  const run = zeroRun(count);
  return Buffer.concat([Uint8Array.of(run.length, 0, 0, 0), run]);
}
const snappyOf2Gb = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x07, 0, 0]);
const bytesOf = (length: number, content = new Uint8Array(0)): Uint8Array => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(length);
  return Buffer.concat([head, content]);
};
const text = (length: number): Uint8Array => bytesOf(length, new Uint8Array(length).fill(97));

/** Columns: counts, sizes and runs that a few bytes say. */
export const columnBombs: readonly Bomb[] = [
  file('2^53 rows', () => ({ rows: 2n ** 53n }), tooLarge(/features/)),
  file('-1 rows', () => ({ rows: -1 }), invalid(/rows/)),
  file(
    '2^31 values in one row',
    () => ({
      repetition: 2,
      pages: [{ values: 2 ** 31 - 1, bytes: Buffer.concat([levels(2 ** 30), levels(2 ** 30)]) }],
    }),
    tooLarge(/values/),
  ),
  file(
    '400 000 rows in a page that says 2^31 - 1 values',
    () => ({ rows: 400_000, repetition: 1, pages: [{ values: 2 ** 31 - 1, bytes: levels(2 ** 30) }] }),
    tooLarge(/values/),
  ),
  file(
    'a page of -5 values',
    () => ({ pages: [{ values: -5, bytes: new Uint8Array(4) }] }),
    invalid(/negative/),
  ),
  file(
    'a page that says it unfolds to 2 GB',
    () => ({ codec: 1, pages: [{ values: 1, bytes: snappyOf2Gb, unpacked: 2 ** 31 - 1 }] }),
    tooLarge(/bytes when uncompressed/),
  ),
  file(
    'forty pages of 10 MB in no bytes',
    () => ({
      codec: 1,
      pages: Array.from({ length: 40 }, () => ({ values: 1, bytes: snappyOf2Gb, unpacked: 10e6 })),
    }),
    tooLarge(/bytes when uncompressed/),
  ),
  file(
    'Snappy that says 2 GB itself',
    () => ({ codec: 1, pages: [{ values: 1, bytes: snappyOf2Gb, unpacked: 4 }] }),
    invalid(/premature end of input/),
  ),
  file(
    'gzip of 1 GB in a page that says 4 bytes',
    () => {
      const member = gzipSync(new Uint8Array(64 << 20));
      return {
        codec: 2,
        pages: [{ values: 1, bytes: Buffer.concat(Array.from({ length: 16 }, () => member)), unpacked: 4 }],
      };
    },
    invalid(/damaged/),
  ),
  file(
    'ZSTD of 128 MB in a page that says 4 bytes',
    () => ({
      codec: 6,
      pages: [{ values: 1, bytes: zstdCompressSync(new Uint8Array(128 << 20)), unpacked: 4 }],
    }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  file(
    'Brotli of 128 MB in a page that says 4 bytes',
    () => ({
      codec: 4,
      pages: [{ values: 1, bytes: brotliCompressSync(new Uint8Array(128 << 20)), unpacked: 4 }],
    }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  file(
    'LZ4 that repeats one byte 255 million times in a page that says 4',
    () => ({
      codec: 7,
      pages: [
        {
          values: 1,
          bytes: Buffer.concat([
            Uint8Array.of(0x1f, 0, 1, 0),
            new Uint8Array(1e6).fill(255),
            Uint8Array.of(0),
          ]),
          unpacked: 4,
        },
      ],
    }),
    'computed',
  ),
  file(
    'a text of 2^31 - 1 bytes',
    () => ({ type: 6, pages: [{ values: 1, bytes: bytesOf(2 ** 31 - 1) }] }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  file(
    'a text of 2^32 - 1 bytes',
    () => ({ type: 6, pages: [{ values: 1, bytes: bytesOf(2 ** 32 - 1) }] }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  file(
    'a text of 1 MB in 400 000 rows',
    () => ({
      rows: 400_000,
      type: 6,
      pages: [
        { values: 1, bytes: text(1 << 20), dictionary: true },
        { values: 400_000, bytes: Buffer.concat([Uint8Array.of(0), zeroRun(400_000)]), encoding: 8 },
      ],
    }),
    tooLarge(/bytes/),
  ),
  file(
    'a dictionary of 2^31 - 1 values',
    () => ({
      type: 6,
      pages: [
        { values: 2 ** 31 - 1, bytes: text(4), dictionary: true },
        { values: 1, bytes: Uint8Array.of(0, 2, 0), encoding: 8 },
      ],
    }),
    tooLarge(/values/),
  ),
  file(
    'deltas that say 2^40 values for one',
    () => ({
      pages: [
        {
          values: 1,
          encoding: 5,
          bytes: Uint8Array.from([0x80, 1, 4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0, 0, 0]),
        },
      ],
    }),
    'computed',
  ),
  file(
    'deltas of blocks of 2^30',
    () => ({
      pages: [{ values: 1, encoding: 5, bytes: Uint8Array.from([0x80, 0x80, 0x80, 0x80, 4, 1, 1, 0, 0, 0]) }],
    }),
    'computed',
  ),
  file(
    'a schema that says 2^31 - 1 elements',
    () => ({ schemaLength: 2 ** 31 - 1 }),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
  ),
  file(
    'a schema of groups 20 000 deep',
    () => ({ schema: Array.from({ length: 20_000 }, (_, i) => group(`g${i}`, 1)) }),
    invalid(/its columns are groups that are nested more than \d+ deep/),
  ),
  file(
    'a group of 2^31 - 1 children',
    () => ({ schema: [group('g', 2 ** 31 - 1)] }),
    invalid(/its footer is damaged: a group has more columns than the footer describes/),
  ),
  file(
    '100 000 groups of rows on the same bytes',
    () => ({ groups: 100_000, rows: 4 }),
    invalid(/it has \d+ column chunks, too many to read/),
  ),
  file(
    '60 groups of 1 million nulls on the same bytes',
    () => ({ groups: 60, rows: 1, repetition: 1, pages: [{ values: 1e6, bytes: levels(1e6) }] }),
    tooLarge(/values/),
  ),
  file(
    'geo metadata nested 100 000 deep',
    () => ({ geo: '['.repeat(1e5) + ']'.repeat(1e5) }),
    invalid(/its "geo" metadata does not describe the column ""/),
  ),
  file(
    'a footer that is longer than the file',
    () => {
      const bytes = Buffer.from(parquet({}));
      bytes.writeUInt32LE(0xffffffff, bytes.length - 8);
      return bytes;
    },
    invalid(/parquet metadata length \d+ exceeds available buffer \d+/),
  ),
];
