import { Builder } from 'flatbuffers';
import { Column as FlatColumn } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Crs as FlatCrs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { type Crs, isWgs84 } from '../../crs/crs.ts';
import { wktWithoutCode } from '../../crs/definition-text.ts';
import { keptWkb } from '../../geometry/lazy-geometry.ts';
import type { LayerContent, LayerFeature } from '../../layer/layer.ts';
import { type Column, inferColumns } from '../common/columns.ts';
import { GrowingBytes } from '../common/growing-bytes.ts';
import { describeRenaming, differentNames } from '../common/unique-names.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { hasZ } from '../wkb/wkb.ts';
import { FeatureWriter } from './flatgeobuf-features.ts';
import { boxesOf, indexSize, mergeBoxes, NODE_SIZE, orderByPlace, writeIndex } from './flatgeobuf-index.ts';

const columnTypes = {
  boolean: ColumnType.Bool,
  integer: ColumnType.Long,
  number: ColumnType.Double,
  string: ColumnType.String,
  json: ColumnType.Json,
} as const;

/**
 * A FlatGeobuf file (version 3) with the spatial index of the format, hence with the features in the order of the index.
 * Empty geometries become null ones, which no search by extent finds; ids are kept as column `id` where no property has
 * that name.
 */
export function flatgeobufBytes(layer: LayerContent): WrittenFile {
  const { features } = layer;
  const inferred = inferColumns(features);
  const own = inferred.map(({ name }) => name);
  // Readers take a column without a name for a fault.
  const names = own.includes('') ? differentNames(own.map((name) => name || 'column')) : own;
  const columns = inferred.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
  const boxes = boxesOf(features);
  const written = new GrowingBytes(estimateBytes(features));
  written.append(Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0));
  written.append(headerBytes(layer, columns, boxes));
  if (features.length > 0) appendIndexed(written, features, columns, boxes);
  return {
    bytes: written.bytes,
    remarks: describeRenaming(own, names, 'a FlatGeobuf, whose columns have names'),
  };
}

/** Bytes of a feature besides its coordinates: tables, index, some properties. */
const FEATURE_BYTES = 150;

/** About as many bytes as a file has, where geometries tell it without being looked at. */
const estimateBytes = (features: readonly LayerFeature[]): number =>
  features.reduce(
    (sum, { geometry }) => sum + ((geometry && keptWkb(geometry))?.length ?? 0),
    (features.length + 1) * FEATURE_BYTES,
  );

/** The index has the offsets of the features behind it: its place is kept free until they are known. */
function appendIndexed(
  written: GrowingBytes,
  features: readonly LayerFeature[],
  columns: readonly Column[],
  boxes: Float64Array,
): void {
  const index = written.length;
  written.append(new Uint8Array(indexSize(features.length)));
  const start = written.length;
  const writer = new FeatureWriter(
    columns,
    features.some(({ geometry }) => geometry && hasZ(geometry)),
  );
  const offsets = new Float64Array(features.length);
  const ordered = new Float64Array(boxes.length);
  const order = orderByPlace(boxes);
  for (let position = 0; position < order.length; position++) {
    const number = order[position] ?? 0;
    offsets[position] = written.length - start;
    for (let edge = 0; edge < 4; edge++)
      ordered[position * 4 + edge] = boxes[number * 4 + edge] ?? Number.NaN;
    written.append(writer.write(requirePresent(features[number], 'The feature')));
  }
  writeIndex(written.bytes.subarray(index, start), ordered, offsets);
}

function headerBytes(
  { features, crs }: LayerContent,
  columns: readonly Column[],
  boxes: Float64Array,
): Uint8Array {
  const builder = new Builder();
  const geometries = features.map(({ geometry }) => geometry).filter((geometry) => geometry !== null);
  const types = new Set(geometries.map(({ type }) => type));
  const bounds = mergeBoxes(boxes);
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
  const [type] = types;
  Header.addGeometryType(builder, type && types.size === 1 ? GeometryType[type] : GeometryType.Unknown);
  Header.addHasZ(builder, geometries.some(hasZ));
  Header.addColumns(builder, columnsOffset);
  Header.addFeaturesCount(builder, BigInt(features.length));
  Header.addIndexNodeSize(builder, features.length > 0 ? NODE_SIZE : 0);
  Header.addCrs(builder, crsOffset);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

function buildCrs(builder: Builder, crs: Crs): number {
  // CRS84 as 4326, as GDAL does: coordinates in a FlatGeobuf are x first, and readers know the number.
  const text = wktWithoutCode(crs);
  if (text !== undefined) {
    const [name, wkt] = [builder.createString(crs.name), builder.createString(text)];
    FlatCrs.startCrs(builder);
    FlatCrs.addName(builder, name);
    FlatCrs.addWkt(builder, wkt);
    return FlatCrs.endCrs(builder);
  }
  const { authority, code } = isWgs84(crs)
    ? { authority: 'EPSG', code: '4326' }
    : requirePresent(crs.identifier, 'The identifier of the CRS');
  const org = builder.createString(authority);
  const codeString = builder.createString(code);
  FlatCrs.startCrs(builder);
  FlatCrs.addOrg(builder, org);
  if (/^\d+$/.test(code)) FlatCrs.addCode(builder, Number(code));
  FlatCrs.addCodeString(builder, codeString);
  return FlatCrs.endCrs(builder);
}
