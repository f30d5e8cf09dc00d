import { zipSync } from 'fflate';
import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';
import { type FgbOptions, feature, flatgeobuf, parts, points } from '../support/flatgeobuf.ts';

const fgb = (name: string, make: () => FgbOptions | Uint8Array, answer: Bomb['answer']) =>
  fileBomb(
    `FlatGeobuf: ${name}`,
    { file: 'bomb.fgb' },
    () => {
      const made = make();
      return made instanceof Uint8Array ? made : flatgeobuf(made);
    },
    answer,
  );

const [POINT, LINE, POLYGON, MULTIPOLYGON, COLLECTION] = [1, 2, 3, 6, 7];

const sized = (size: number): Uint8Array => {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(size);
  return bytes;
};

interface ShpOptions {
  readonly type?: number;
  /** Integers from byte 36 of the record. */
  readonly counts?: readonly number[];
  readonly points?: number;
  /** 16-bit words that the record says it has. */
  readonly words?: number;
  /** Pairs of place and length, in words. */
  readonly index?: readonly (readonly [number, number])[];
  readonly dbf?: Uint8Array;
}

/** A zipped Shapefile of one record that says of itself what it is told to. */
function shapefile({
  type = 3,
  counts = [1, 1, 0],
  points: count = 1,
  words,
  index,
  dbf,
}: ShpOptions): Uint8Array {
  const content = Buffer.alloc(36 + counts.length * 4 + count * 16);
  content.writeInt32LE(type);
  for (const [at, value] of counts.entries()) content.writeInt32LE(value, 36 + at * 4);
  const head = Buffer.alloc(108);
  head.writeInt32BE(9994);
  head.writeInt32LE(1000, 28);
  head.writeInt32BE(1, 100);
  head.writeInt32BE(words ?? content.length / 2, 104);
  const shx = Buffer.alloc(100 + (index?.length ?? 0) * 8);
  for (const [number, [at, length]] of (index ?? []).entries()) {
    shx.writeInt32BE(at, 100 + number * 8);
    shx.writeInt32BE(length, 104 + number * 8);
  }
  return zipSync({
    'a.shp': Buffer.concat([head, content]),
    ...(index ? { 'a.shx': shx } : {}),
    ...(dbf ? { 'a.dbf': dbf } : {}),
  });
}
function dbf(records: number, recordBytes: number, fields = 1, fieldBytes = 1): Uint8Array {
  const bytes = Buffer.alloc(32 + fields * 32 + 1 + 4);
  bytes[0] = 3;
  bytes.writeUInt32LE(records, 4);
  bytes.writeUInt16LE(32 + fields * 32 + 1, 8);
  bytes.writeUInt16LE(recordBytes, 10);
  for (let field = 0; field < fields; field++) {
    bytes.write(`F${field}`, 32 + field * 32, 'latin1');
    bytes.write('C', 32 + field * 32 + 11, 'latin1');
    bytes[32 + field * 32 + 16] = fieldBytes;
  }
  bytes[32 + fields * 32] = 13;
  return bytes;
}
const shp = (name: string, make: () => ShpOptions, answer: Bomb['answer']) =>
  fileBomb(`Shapefile: ${name}`, { file: 'bomb.zip' }, () => shapefile(make()), answer);

/** FlatGeobuf and Shapefiles: counts, lengths and places that a few bytes say. */
export const binaryBombs: readonly Bomb[] = [
  fgb('2^63 - 1 features', () => ({ count: 2n ** 63n - 1n }), tooLarge(/features/)),
  fgb('2^64 - 1 features', () => ({ count: 2n ** 64n - 1n }), tooLarge(/features/)),
  fgb(
    'an index of 400 000 features that is not there',
    () => ({ count: 400_000n, nodeSize: 16 }),
    invalid(/it is truncated: its header says \d+ features, but it ends after 0/),
  ),
  fgb(
    'an index of nodes of 65 535',
    () => ({ count: 1n, nodeSize: 65_535 }),
    invalid(/it is truncated: its header says 1 features, but it ends after 0/),
  ),
  fgb(
    'an index of nodes of 1',
    () => ({ count: 400_000n, nodeSize: 1 }),
    invalid(/it is truncated: its header says \d+ features, but it ends after 0/),
  ),
  fgb(
    'a header of 4 GB',
    () => ({ headerSize: 0xffffffff }),
    invalid(/it ends before its last feature does/),
  ),
  fgb('a header of no bytes', () => ({ headerSize: 0 }), invalid(/a list in it extends beyond its end/)),
  fgb('a feature of 4 GB', () => ({ features: [sized(0xfffffff0)] }), invalid(/ends/)),
  fgb('a million features of no bytes', () => ({ features: [new Uint8Array(4e6)] }), tooLarge(/features/)),
  fgb(
    'a list of 2^32 - 1 coordinates',
    () => {
      const bytes = feature((builder) => points(builder, LINE, 2));
      const copy = Buffer.from(bytes);
      const at = copy.indexOf(Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]));
      copy.writeUInt32LE(0xffffffff, at);
      return { features: [copy] };
    },
    invalid(/list/),
  ),
  fgb(
    'rings that all end at the same place',
    () => ({
      features: [
        feature((builder) =>
          points(
            builder,
            POLYGON,
            4,
            Array.from({ length: 100_000 }, () => 4),
          ),
        ),
      ],
    }),
    'computed',
  ),
  fgb(
    'a polygon of 20 000 points that 20 000 parts share',
    () => ({
      features: [
        feature((builder) => {
          const shared = points(builder, POLYGON, 20_000);
          return parts(
            builder,
            MULTIPOLYGON,
            Array.from({ length: 20_000 }, () => shared),
          );
        }),
      ],
    }),
    invalid(/list/),
  ),
  fgb(
    'collections 30 000 deep',
    () => ({
      features: [
        feature((builder) => {
          let inner = points(builder, POINT, 1);
          for (let depth = 0; depth < 30_000; depth++) inner = parts(builder, COLLECTION, [inner]);
          return inner;
        }),
      ],
    }),
    invalid(/nest|deep|lists/),
  ),
  fgb(
    'collections that double 40 times',
    () => ({
      features: [
        feature((builder) => {
          let inner = points(builder, POINT, 1);
          for (let depth = 0; depth < 40; depth++) inner = parts(builder, COLLECTION, [inner, inner]);
          return inner;
        }),
      ],
    }),
    invalid(/nest|deep|lists/),
  ),
  fgb(
    '3000 columns',
    () => ({
      columns: Array.from({ length: 3000 }, (_, i) => `c${i}`),
      features: Array.from({ length: 20_000 }, () => feature((builder) => points(builder, POINT, 1))),
    }),
    tooLarge(/values/),
  ),
  fgb(
    'a text of 2^32 - 1 bytes',
    () => ({
      columns: ['a'],
      features: [
        feature((builder) => points(builder, POINT, 1), Uint8Array.from([0, 0, 0xff, 0xff, 0xff, 0xff])),
      ],
    }),
    invalid(/a property extends beyond the bytes of its feature/),
  ),
  fgb(
    'a column that is set 50 000 times',
    () => ({
      columns: ['a'],
      features: [
        feature(
          (builder) => points(builder, POINT, 1),
          Buffer.concat(Array.from({ length: 50_000 }, () => Uint8Array.from([0, 0, 1, 0, 0, 0, 97]))),
        ),
      ],
    }),
    'computed',
  ),
  fgb(
    '800 000 features without anything',
    () => {
      const one = feature(() => 0);
      return { features: Array.from({ length: 800_000 }, () => one) };
    },
    tooLarge(/features/),
  ),
  shp('2^31 - 1 parts', () => ({ counts: [2 ** 31 - 1, 1, 0] }), invalid(/ends early/)),
  shp('2^31 - 1 points', () => ({ counts: [1, 2 ** 31 - 1, 0] }), invalid(/ends early/)),
  shp('-1 parts', () => ({ counts: [-1, 1, 0] }), invalid(/ends early/)),
  shp('2^31 - 1 points of a multipoint', () => ({ type: 8, counts: [2 ** 31 - 1] }), invalid(/ends early/)),
  shp(
    '40 000 parts that are all 40 000 points',
    () => ({
      counts: [40_000, 40_000, ...Array.from({ length: 40_000 }, (_, i) => (i % 2 === 0 ? 0 : 40_000))],
      points: 40_000,
    }),
    invalid(/out of order/),
  ),
  shp(
    'parts that begin before the first point',
    () => ({ counts: [2, 4, -2, -1], points: 4 }),
    invalid(/out of order/),
  ),
  shp('a record of 4 GB', () => ({ words: 2 ** 31 - 1 }), invalid(/beyond the end/)),
  shp('a record of a negative length', () => ({ words: -100 }), invalid(/beyond the end/)),
  shp('a record of no length', () => ({ words: 0 }), invalid(/beyond the end/)),
  shp(
    'an index that leads 400 000 times to the same record',
    () => ({ index: Array.from({ length: 400_000 }, () => [50, 32] as const) }),
    invalid(/its \.shx places record/),
  ),
  shp('an index that leads backwards', () => ({ index: [[-100, 32]] }), invalid(/its \.shx places record/)),
  shp(
    'an index of three million entries',
    () => ({ index: Array.from({ length: 3e6 }, () => [50, 2] as const) }),
    invalid(/its \.shx places record/),
  ),
  shp(
    'a table of 2^32 - 1 records',
    () => ({ dbf: dbf(0xffffffff, 2) }),
    invalid(/its \.dbf ends before its last record does/),
  ),
  shp(
    'a table of 2^32 - 1 records of no bytes',
    () => ({ dbf: dbf(0xffffffff, 0) }),
    invalid(/its \.dbf ends before its last record does/),
  ),
  shp(
    'a table of records of 65 535 bytes',
    () => ({ dbf: dbf(1, 65_535, 1, 255) }),
    invalid(/its \.dbf ends before its last record does/),
  ),
  shp('a table of 2000 fields of no bytes', () => ({ dbf: dbf(1, 1, 2000, 0) }), 'computed'),
];
