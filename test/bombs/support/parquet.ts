/** Values of Thrift's compact protocol, by the number of their field; booleans are not needed. */
type Value =
  | { readonly i32: number }
  | { readonly i64: bigint }
  | { readonly text: string }
  | { readonly list: readonly Value[]; readonly length?: number }
  | { readonly struct: Struct };
export type Struct = Readonly<Record<number, Value>>;

const i32 = (value: number): Value => ({ i32: value });
const i64 = (value: number | bigint): Value => ({ i64: BigInt(value) });
const text = (value: string): Value => ({ text: value });
const list = (values: readonly Value[], length = values.length): Value => ({ list: values, length });

const codes = (value: Value): number =>
  'i32' in value ? 5 : 'i64' in value ? 6 : 'text' in value ? 8 : 'list' in value ? 9 : 12;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  while (left >= 128n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  return [...bytes, Number(left)];
}

function written(value: Value): Uint8Array {
  if ('i32' in value || 'i64' in value) {
    const number = 'i32' in value ? BigInt(value.i32) : value.i64;
    return Uint8Array.from(varint((number << 1n) ^ (number >> 63n)));
  }
  if ('text' in value) {
    const bytes = Buffer.from(value.text);
    return Buffer.concat([Uint8Array.from(varint(BigInt(bytes.length))), bytes]);
  }
  if ('struct' in value) return struct(value.struct);
  const { list: items, length = items.length } = value;
  const type = items[0] ? codes(items[0]) : 12;
  const head = length < 15 ? [(length << 4) | type] : [0xf0 | type, ...varint(BigInt(length))];
  return Buffer.concat([Uint8Array.from(head), ...items.map(written)]);
}

function struct(fields: Struct): Uint8Array {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const [number, value] of Object.entries(fields).sort(([a], [b]) => Number(a) - Number(b))) {
    parts.push(Uint8Array.of(((Number(number) - last) << 4) | codes(value)), written(value));
    last = Number(number);
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

export interface Page {
  readonly values: number;
  /** As they stand in the file. */
  readonly bytes: Uint8Array;
  /** Bytes that the header says the page has when it is unpacked. */
  readonly unpacked?: number;
  /** Of the values: 0 plain, 2 and 8 dictionary, 5 and 7 deltas. */
  readonly encoding?: number;
  readonly dictionary?: boolean;
}

export interface ParquetOptions {
  /** Rows that the footer says there are. */
  readonly rows?: number | bigint;
  readonly pages?: readonly Page[];
  /** 0 none, 1 Snappy, 2 gzip, 4 Brotli, 6 ZSTD, 7 LZ4. */
  readonly codec?: number;
  /** 0 required, 1 optional, 2 repeated. */
  readonly repetition?: number;
  /** 1 INT32, 6 BYTE_ARRAY. */
  readonly type?: number;
  /** Groups of rows, all on the same bytes. */
  readonly groups?: number;
  /** Elements of the schema besides. */
  readonly schema?: readonly Struct[];
  readonly schemaLength?: number;
  readonly geo?: string;
}

const GEO =
  '{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":[]}}}';
const element = (name: string, type: number, repetition: number): Struct => ({
  1: i32(type),
  3: i32(repetition),
  4: text(name),
});
export const group = (name: string, children: number): Struct => ({
  3: i32(0),
  4: text(name),
  5: i32(children),
});

/** A Parquet file with a column "geometry" of one null, and a column "a" of which everything is as it is told. */
export function parquet({
  rows = 1,
  pages = [{ values: 1, bytes: new Uint8Array(4) }],
  codec = 0,
  repetition = 0,
  type = 1,
  groups = 1,
  schema = [],
  schemaLength,
  geo = GEO,
}: ParquetOptions): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from('PAR1')];
  let at = 4;
  const add = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
  };
  const chunk = (name: string, kind: number, method: number, of: readonly Page[]): Struct => {
    const start = at;
    let data = at;
    for (const page of of) {
      if (!page.dictionary && data === start) data = at;
      add(pageHeader(page));
      add(page.bytes);
    }
    const dictionary = of[0]?.dictionary ? { 11: i64(start) } : {};
    return {
      2: i64(start),
      3: {
        struct: {
          1: i32(kind),
          2: list([i32(0)]),
          3: list([text(name)]),
          4: i32(method),
          5: i64(of.at(-1)?.values ?? 0),
          6: i64(at - start),
          7: i64(at - start),
          9: i64(of[0]?.dictionary ? data : start),
          ...dictionary,
        },
      },
    };
  };
  // Definition levels of one null.
  const geometry = chunk('geometry', 6, 0, [{ values: 1, bytes: Uint8Array.of(2, 0, 0, 0, 2, 0) }]);
  const column = chunk('a', type, codec, pages);
  const elements = [
    group('schema', 2 + (schema.length > 0 ? 1 : 0)),
    element('geometry', 6, 1),
    element('a', type, repetition),
    ...schema,
  ];
  const rowGroup: Value = {
    struct: { 1: list([{ struct: geometry }, { struct: column }]), 2: i64(at), 3: i64(rows) },
  };
  const footer = struct({
    1: i32(1),
    2: list(
      elements.map((item) => ({ struct: item })),
      schemaLength,
    ),
    3: i64(BigInt(rows) * BigInt(groups)),
    4: list(Array.from({ length: groups }, () => rowGroup)),
    5: list([{ struct: { 1: text('geo'), 2: text(geo) } }]),
  });
  const end = Buffer.alloc(8);
  end.writeUInt32LE(footer.length);
  end.write('PAR1', 4);
  return Buffer.concat([...parts, footer, end]);
}

function pageHeader({
  values,
  bytes,
  unpacked = bytes.length,
  encoding = 0,
  dictionary = false,
}: Page): Uint8Array {
  const sizes = { 1: i32(dictionary ? 2 : 0), 2: i32(unpacked), 3: i32(bytes.length) };
  return dictionary
    ? struct({ ...sizes, 7: { struct: { 1: i32(values), 2: i32(0) } } })
    : struct({ ...sizes, 5: { struct: { 1: i32(values), 2: i32(encoding), 3: i32(3), 4: i32(3) } } });
}
