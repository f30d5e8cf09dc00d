import { Builder } from 'flatbuffers';
import { Column as FlatColumn } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry as FlatGeometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Geometry } from 'geojson';
import { Crs84 } from '../../../core/api/uris.ts';
import { authorityOf } from './authority.ts';
import { type Column, columnsOf } from './columns.ts';
import { flatOf } from './flat-geometry.ts';
import { PropertyWriter } from './flatgeobuf-properties.ts';
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
  // One for all features: it has grown to the largest of them.
  const builder = new Builder();
  const properties = new PropertyWriter(columns);
  const chunks = [
    Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0),
    headerBytes(layer, columns),
    ...layer.features.map((feature) => featureBytes(feature, properties, builder)),
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

function featureBytes(feature: LayerFeature, properties: PropertyWriter, builder: Builder): Uint8Array {
  builder.clear();
  const written = properties.write(feature);
  const propertiesOffset = written.length > 0 ? builder.createByteVector(written) : 0;
  const { geometry } = feature;
  const geometryOffset = geometry && !isEmptyGeometry(geometry) ? buildGeometry(builder, geometry) : 0;
  Feature.startFeature(builder);
  if (geometryOffset) Feature.addGeometry(builder, geometryOffset);
  if (propertiesOffset) Feature.addProperties(builder, propertiesOffset);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return builder.asUint8Array().slice();
}

function buildGeometry(builder: Builder, geometry: Geometry): number {
  const type = GeometryType[geometry.type];
  if (geometry.type === 'GeometryCollection') return buildParts(builder, geometry.geometries, type);
  if (geometry.type === 'MultiPolygon') {
    const polygons = geometry.coordinates.map((coordinates): Geometry => ({ type: 'Polygon', coordinates }));
    return buildParts(builder, polygons, type);
  }
  const flat = flatOf(geometry);
  const xy = buildNumbers(builder, flat.xy);
  const z = flat.z ? buildNumbers(builder, flat.z) : 0;
  const ends = flat.ends.length > 1 ? FlatGeometry.createEndsVector(builder, flat.ends) : 0;
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

/** A list of numbers, written from its end as the builder wants it, without making room for each. */
function buildNumbers(builder: Builder, numbers: Float64Array): number {
  builder.startVector(8, numbers.length, 8);
  for (let index = numbers.length - 1; index >= 0; index--) builder.writeFloat64(numbers[index]!);
  return builder.endVector();
}
