import { Builder } from 'flatbuffers';
import { Column as FlatColumn } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry as FlatGeometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Geometry, Position } from 'geojson';
import { Crs84 } from '../../../core/api/uris.ts';
import { authorityOf } from './authority.ts';
import { type Column, columnsOf } from './columns.ts';
import { boundsOf, isEmptyGeometry, type LayerContent, type LayerFeature } from './layer.ts';
import { hasZ } from './wkb.ts';

const columnTypes = {
  boolean: ColumnType.Bool,
  integer: ColumnType.Long,
  number: ColumnType.Double,
  string: ColumnType.String,
  json: ColumnType.Json,
} as const;

/**
 * A FlatGeobuf file (version 3) with the features in their order, hence without spatial index. Empty geometries
 * become null ones; ids are kept as column `id` where no property has that name.
 */
export function flatgeobufBytes(layer: LayerContent): Uint8Array {
  const columns = columnsOf(layer.features);
  const chunks = [
    Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0),
    headerBytes(layer, columns),
    ...layer.features.map((feature) => featureBytes(feature, columns)),
  ];
  return Buffer.concat(chunks);
}

function headerBytes({ features, crs }: LayerContent, columns: readonly Column[]): Uint8Array {
  const builder = new Builder();
  const geometries = features.map(({ geometry }) => geometry).filter((geometry) => geometry !== null);
  const types = new Set(geometries.map(({ type }) => type));
  const bounds = boundsOf(geometries);
  const columnOffsets = columns.map(({ name, type }) => {
    const nameOffset = builder.createString(name);
    FlatColumn.startColumn(builder);
    FlatColumn.addName(builder, nameOffset);
    FlatColumn.addType(builder, columnTypes[type]);
    return FlatColumn.endColumn(builder);
  });
  const columnsOffset = Header.createColumnsVector(builder, columnOffsets);
  const envelopeOffset = bounds ? Header.createEnvelopeVector(builder, [...bounds]) : 0;
  const nameOffset = builder.createString('result');
  const crsOffset = buildCrs(builder, crs);
  Header.startHeader(builder);
  Header.addName(builder, nameOffset);
  if (bounds) Header.addEnvelope(builder, envelopeOffset);
  Header.addGeometryType(builder, types.size === 1 ? GeometryType[[...types][0]!] : GeometryType.Unknown);
  Header.addHasZ(builder, geometries.some(hasZ));
  Header.addColumns(builder, columnsOffset);
  Header.addFeaturesCount(builder, BigInt(features.length));
  Header.addIndexNodeSize(builder, 0);
  Header.addCrs(builder, crsOffset);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

function buildCrs(builder: Builder, crs: string): number {
  // CRS84 as 4326, as GDAL does: coordinates in a FlatGeobuf are x first, and readers know the number.
  const { authority, code } = authorityOf(crs === Crs84 ? 'EPSG:4326' : crs);
  const org = builder.createString(authority);
  const codeString = builder.createString(code);
  Crs.startCrs(builder);
  Crs.addOrg(builder, org);
  if (/^\d+$/.test(code)) Crs.addCode(builder, Number(code));
  Crs.addCodeString(builder, codeString);
  return Crs.endCrs(builder);
}

function featureBytes(feature: LayerFeature, columns: readonly Column[]): Uint8Array {
  const builder = new Builder();
  const properties = propertyBytes(feature, columns);
  const propertiesOffset = properties.length > 0 ? Feature.createPropertiesVector(builder, properties) : 0;
  const { geometry } = feature;
  const geometryOffset = geometry && !isEmptyGeometry(geometry) ? buildGeometry(builder, geometry) : 0;
  Feature.startFeature(builder);
  if (geometryOffset) Feature.addGeometry(builder, geometryOffset);
  if (propertiesOffset) Feature.addProperties(builder, propertiesOffset);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return builder.asUint8Array();
}

/** Pairs of column number and value; nulls are left out. */
function propertyBytes(feature: LayerFeature, columns: readonly Column[]): Uint8Array {
  const parts: Buffer[] = [];
  for (const [index, { type, read }] of columns.entries()) {
    const value = read(feature);
    if (value === null) continue;
    const head = Buffer.alloc(2);
    head.writeUInt16LE(index);
    parts.push(head, valueBytes(type, value));
  }
  return Buffer.concat(parts);
}

function valueBytes(type: Column['type'], value: unknown): Buffer {
  switch (type) {
    case 'boolean':
      return Buffer.of(value ? 1 : 0);
    case 'integer': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(value as number));
      return bytes;
    }
    case 'number': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value as number);
      return bytes;
    }
    default: {
      const text = Buffer.from(value as string);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(text.length);
      return Buffer.concat([length, text]);
    }
  }
}

function buildGeometry(builder: Builder, geometry: Geometry): number {
  const type = GeometryType[geometry.type];
  if (geometry.type === 'GeometryCollection') return buildParts(builder, geometry.geometries, type);
  if (geometry.type === 'MultiPolygon') {
    const polygons = geometry.coordinates.map((coordinates): Geometry => ({ type: 'Polygon', coordinates }));
    return buildParts(builder, polygons, type);
  }
  const lines = linesOf(geometry);
  const positions = lines.flat();
  const xy = FlatGeometry.createXyVector(builder, Float64Array.from(positions.flatMap(([x, y]) => [x!, y!])));
  const z = hasZ(geometry)
    ? FlatGeometry.createZVector(
        builder,
        Float64Array.from(positions, (position) => position[2] ?? 0),
      )
    : 0;
  let end = 0;
  const ends =
    lines.length > 1
      ? FlatGeometry.createEndsVector(
          builder,
          Uint32Array.from(lines, ({ length }) => (end += length)),
        )
      : 0;
  FlatGeometry.startGeometry(builder);
  if (ends) FlatGeometry.addEnds(builder, ends);
  FlatGeometry.addXy(builder, xy);
  if (z) FlatGeometry.addZ(builder, z);
  FlatGeometry.addType(builder, type);
  return FlatGeometry.endGeometry(builder);
}

function buildParts(builder: Builder, parts: readonly Geometry[], type: GeometryType): number {
  const offset = FlatGeometry.createPartsVector(
    builder,
    parts.map((part) => buildGeometry(builder, part)),
  );
  FlatGeometry.startGeometry(builder);
  FlatGeometry.addParts(builder, offset);
  FlatGeometry.addType(builder, type);
  return FlatGeometry.endGeometry(builder);
}

type Simple = Exclude<Geometry, { type: 'GeometryCollection' | 'MultiPolygon' }>;

function linesOf(geometry: Simple): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'LineString':
    case 'MultiPoint':
      return [geometry.coordinates];
    default:
      return geometry.coordinates;
  }
}
