import { Builder } from 'flatbuffers';
import { Column } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';

export interface FgbOptions {
  readonly count?: bigint;
  readonly nodeSize?: number;
  /** Of all geometries; 0: each says its own. */
  readonly geometryType?: number;
  readonly columns?: readonly string[];
  readonly features?: readonly Uint8Array[];
  /** Bytes that the header says it has. */
  readonly headerSize?: number;
}

/** A FlatGeobuf file that says of itself what it is told to. */
export function flatgeobuf({
  count = 0n,
  nodeSize = 0,
  geometryType = 0,
  columns = [],
  features = [],
  headerSize,
}: FgbOptions): Uint8Array {
  const builder = new Builder(1024);
  const tables = columns.map((name) => {
    const at = builder.createString(name);
    Column.startColumn(builder);
    Column.addName(builder, at);
    Column.addType(builder, 11);
    return Column.endColumn(builder);
  });
  const list = tables.length > 0 ? Header.createColumnsVector(builder, tables) : 0;
  Header.startHeader(builder);
  Header.addGeometryType(builder, geometryType);
  if (list) Header.addColumns(builder, list);
  Header.addFeaturesCount(builder, count);
  Header.addIndexNodeSize(builder, nodeSize);
  builder.finishSizePrefixed(Header.endHeader(builder));
  const header = Buffer.from(builder.asUint8Array());
  if (headerSize !== undefined) header.writeUInt32LE(headerSize);
  return Buffer.concat([Uint8Array.from([0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0]), header, ...features]);
}

/** A feature whose geometry is built by the callback, which returns its place. */
export function feature(
  geometry: (builder: Builder) => number,
  properties: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const builder = new Builder(1024);
  const place = geometry(builder);
  const values = properties.length > 0 ? Feature.createPropertiesVector(builder, properties) : 0;
  Feature.startFeature(builder);
  if (place) Feature.addGeometry(builder, place);
  if (values) Feature.addProperties(builder, values);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return Uint8Array.from(builder.asUint8Array());
}

export function points(builder: Builder, type: number, count: number, ends: readonly number[] = []): number {
  const xy = Geometry.createXyVector(
    builder,
    Array.from({ length: count * 2 }, () => 1),
  );
  const list = ends.length > 0 ? Geometry.createEndsVector(builder, [...ends]) : 0;
  Geometry.startGeometry(builder);
  if (list) Geometry.addEnds(builder, list);
  Geometry.addXy(builder, xy);
  Geometry.addType(builder, type);
  return Geometry.endGeometry(builder);
}

export function parts(builder: Builder, type: number, places: readonly number[]): number {
  const list = Geometry.createPartsVector(builder, [...places]);
  Geometry.startGeometry(builder);
  Geometry.addType(builder, type);
  Geometry.addParts(builder, list);
  return Geometry.endGeometry(builder);
}
