import { Builder } from 'flatbuffers';
import { Column as FlatColumn } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Crs as FlatCrs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Geometry } from 'geojson';
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
  const geometries = describeGeometries(features);
  const boxes = boxesOf(features);
  const header = headerBytes(layer, columns, geometries, boxes);
  return {
    bytes: indexedBytes(header, buildFeatures(features, columns, geometries), boxes),
    remarks: describeRenaming(own, names, 'a FlatGeobuf, whose columns have names'),
  };
}

const MAGIC = Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0);

/** What the header says of all geometries. */
interface Geometries {
  readonly types: ReadonlySet<Geometry['type']>;
  /** Whether any of them has heights. */
  readonly high: boolean;
}

function describeGeometries(features: readonly LayerFeature[]): Geometries {
  const types = new Set<Geometry['type']>();
  let high = false;
  for (const { geometry } of features) {
    if (geometry === null) continue;
    types.add(geometry.type);
    high ||= hasZ(geometry);
  }
  return { types, high };
}

/** Bytes of a feature besides its coordinates: tables, index, some properties. */
const FEATURE_BYTES = 150;

/** About as many bytes as the features have, where geometries tell it without being looked at. */
const estimateBytes = (features: readonly LayerFeature[]): number =>
  features.reduce(
    (sum, { geometry }) => sum + ((geometry && keptWkb(geometry))?.length ?? 0),
    (features.length + 1) * FEATURE_BYTES,
  );

/** Features one after the other, and where each of them starts and the last one ends. */
interface BuiltFeatures {
  readonly bytes: Uint8Array;
  readonly starts: Float64Array;
}

/**
 * Builds the features in the order of the layer, in which they lie in memory. In the order of the index most of the time
 * would be spent on waiting for each of their values.
 */
function buildFeatures(
  features: readonly LayerFeature[],
  columns: readonly Column[],
  { high }: Geometries,
): BuiltFeatures {
  const built = new GrowingBytes(estimateBytes(features));
  const writer = new FeatureWriter(columns, high);
  const starts = new Float64Array(features.length + 1);
  for (let number = 0; number < features.length; number++) {
    built.append(writer.write(requirePresent(features[number], 'The feature')));
    starts[number + 1] = built.length;
  }
  return { bytes: built.bytes, starts };
}

/** The whole file: header, index, and the features in the order of the index. */
function indexedBytes(header: Uint8Array, { bytes, starts }: BuiltFeatures, boxes: Float64Array): Uint8Array {
  const order = orderByPlace(boxes);
  const index = MAGIC.length + header.length;
  const first = index + (order.length > 0 ? indexSize(order.length) : 0);
  const file = new Uint8Array(first + bytes.length);
  file.set(MAGIC);
  file.set(header, MAGIC.length);
  // Of short features, `copy` of a Buffer takes less than a view of each.
  const features = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const offsets = new Float64Array(order.length);
  const ordered = new Float64Array(boxes.length);
  let offset = 0;
  for (let position = 0; position < order.length; position++) {
    const number = order[position] ?? 0;
    offsets[position] = offset;
    for (let edge = 0; edge < 4; edge++)
      ordered[position * 4 + edge] = boxes[number * 4 + edge] ?? Number.NaN;
    offset += features.copy(file, first + offset, starts[number], starts[number + 1]);
  }
  if (order.length > 0) writeIndex(file.subarray(index, first), ordered, offsets);
  return file;
}

function headerBytes(
  { features, crs }: LayerContent,
  columns: readonly Column[],
  { types, high }: Geometries,
  boxes: Float64Array,
): Uint8Array {
  const builder = new Builder();
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
  Header.addHasZ(builder, high);
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
