import { ByteBuffer } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import type { Geometry as FlatGeometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import { parseProperties } from 'flatgeobuf/lib/mjs/generic/feature.js';
import { fromByteBuffer, type HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import type { Geometry, Position } from 'geojson';
import { nameOfCrs } from './authority.ts';
import type { LayerFeature, Properties } from './layer.ts';
import type { FileReader } from './read.ts';

const MAGIC_BYTES = 8;
const SIZE_PREFIX = 4;
/** Bytes of an offset in a list, and of a position. */
const OFFSET = 4;
const POSITION = 16;
const BROKEN = 'its lists are longer than the bytes that hold them.';

/**
 * Bytes of a feature that its lists have not taken yet. A broken or hostile file says that a list is longer than the
 * file, or has many lists in the same bytes; in memory these would take any amount.
 */
class Budget {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  spend(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw new Error(BROKEN);
  }
}

/** Reads a FlatGeobuf file (flatgeobuf.org, version 3) on the schema classes of the `flatgeobuf` package. */
export const readFlatgeobuf: FileReader = async (bytes, _source, count) => {
  if (bytes[0] !== 0x66 || bytes[1] !== 0x67 || bytes[2] !== 0x62 || bytes[3] !== 3) {
    throw new Error('it does not start with the magic bytes of version 3.');
  }
  const buffer = new ByteBuffer(bytes);
  const headerLength = buffer.readUint32(MAGIC_BYTES);
  checkEnd(bytes, MAGIC_BYTES + SIZE_PREFIX + headerLength);
  if (headerOf(buffer).columnsLength() * OFFSET > headerLength) throw new Error(BROKEN);
  buffer.setPosition(MAGIC_BYTES);
  const header = fromByteBuffer(buffer);
  count(header.featuresCount);
  let offset = MAGIC_BYTES + SIZE_PREFIX + headerLength;
  if (header.indexNodeSize > 0 && header.featuresCount > 0) {
    offset += calcTreeSize(header.featuresCount, header.indexNodeSize);
  }
  const features: LayerFeature[] = [];
  const feature = new Feature();
  // Copies: coordinates are read as float64 views, which must start at a multiple of 8. Nothing that was read stays a
  // view, so that a feature of the same size can take the place of the one before.
  let own = new ByteBuffer(new Uint8Array());
  while (offset < bytes.length) {
    checkEnd(bytes, offset + SIZE_PREFIX);
    const end = offset + SIZE_PREFIX + buffer.readUint32(offset);
    checkEnd(bytes, end);
    if (own.capacity() !== end - offset) own = new ByteBuffer(new Uint8Array(end - offset));
    own.bytes().set(bytes.subarray(offset, end));
    own.setPosition(0);
    Feature.getSizePrefixedRootAsFeature(own, feature);
    features.push(featureOf(feature, header, new Budget(end - offset)));
    offset = end;
  }
  return { features, crs: crsNameOf(buffer, header) };
};

/** Moves the buffer beyond the size of the header. */
function headerOf(buffer: ByteBuffer): Header {
  buffer.setPosition(MAGIC_BYTES);
  return Header.getSizePrefixedRootAsHeader(buffer);
}

function checkEnd(bytes: Uint8Array, end: number): void {
  if (end > bytes.length) throw new Error('it ends before its last feature does.');
}

function crsNameOf(buffer: ByteBuffer, { crs }: HeaderMeta): string | undefined {
  if (!crs) return undefined;
  if (crs.code) return nameOfCrs(crs.org ?? 'EPSG', crs.code);
  // The package's own header reader leaves the textual code out.
  const code = headerOf(buffer).crs()?.codeString();
  return code ? nameOfCrs(crs.org ?? 'EPSG', code) : undefined;
}

function featureOf(feature: Feature, header: HeaderMeta, budget: Budget): LayerFeature {
  const geometry = feature.geometry();
  const properties: Properties = parseProperties(feature, header.columns);
  for (const { name } of header.columns ?? []) {
    const value = properties[name];
    // A value that is not stored is null.
    if (value === undefined) properties[name] = null;
    else if (value instanceof Uint8Array) properties[name] = Buffer.from(value).toString('base64');
  }
  return {
    type: 'Feature',
    properties,
    geometry: geometry ? geometryOf(geometry, header.geometryType || geometry.type(), budget) : null,
  };
}

function geometryOf(flat: FlatGeometry, type: GeometryType, budget: Budget): Geometry {
  switch (type) {
    case GeometryType.Point:
      return { type: 'Point', coordinates: positionsOf(flat, budget)[0] ?? [] };
    case GeometryType.MultiPoint:
      return { type: 'MultiPoint', coordinates: positionsOf(flat, budget) };
    case GeometryType.LineString:
      return { type: 'LineString', coordinates: positionsOf(flat, budget) };
    case GeometryType.MultiLineString:
      return { type: 'MultiLineString', coordinates: linesOf(flat, budget) };
    case GeometryType.Polygon:
      return { type: 'Polygon', coordinates: linesOf(flat, budget) };
    case GeometryType.MultiPolygon:
      return {
        type: 'MultiPolygon',
        coordinates: partsOf(flat, budget).map((part) => linesOf(part, budget)),
      };
    case GeometryType.GeometryCollection:
      return {
        type: 'GeometryCollection',
        geometries: partsOf(flat, budget).map((part) => geometryOf(part, part.type(), budget)),
      };
    default:
      throw new Error(`the geometry type ${GeometryType[type] ?? type} is not supported.`);
  }
}

function partsOf(flat: FlatGeometry, budget: Budget): FlatGeometry[] {
  budget.spend(flat.partsLength() * OFFSET);
  return Array.from({ length: flat.partsLength() }, (_, index) => flat.parts(index)!);
}

function positionsOf(flat: FlatGeometry, budget: Budget): Position[] {
  budget.spend((flat.xyLength() / 2) * POSITION);
  const xy = flat.xyArray() ?? new Float64Array();
  const z = flat.zArray();
  const positions: Position[] = [];
  for (let index = 0; index * 2 + 1 < xy.length; index++) {
    const [x, y] = [xy[index * 2]!, xy[index * 2 + 1]!];
    positions.push(z ? [x, y, z[index]!] : [x, y]);
  }
  return positions;
}

function linesOf(flat: FlatGeometry, budget: Budget): Position[][] {
  const positions = positionsOf(flat, budget);
  if (positions.length === 0) return [];
  const ends = flat.endsArray();
  if (!ends || ends.length === 0) return [positions];
  return Array.from(ends, (end, index) => positions.slice(index === 0 ? 0 : ends[index - 1], end));
}
