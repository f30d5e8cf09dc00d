import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../../geometry/bounds.ts';
import { eachPosition } from '../../geometry/positions.ts';
import { directed } from '../../geometry/winding.ts';
import { computeBounds, isEmptyGeometry } from '../../layer/layer.ts';
import { hasZ } from '../wkb/wkb.ts';
import {
  FILE_CODE,
  FILE_VERSION,
  HEADER_BYTES,
  NO_MEASURE,
  POINT_Z_OFFSET,
  RECORD_HEADER_BYTES,
  ShapeType,
} from './shapefile-types.ts';

const XY = 16;

export interface Shp {
  readonly shp: Uint8Array;
  readonly shx: Uint8Array;
}

/**
 * The .shp file of geometries that all fit one shape type, and its index. Empty geometries and null become null
 * shapes. Where one geometry has heights all do; missing ones are 0.
 */
export function shpBytes(geometries: readonly (Geometry | null)[], type: ShapeType): Shp {
  const present = geometries.map((geometry) => (geometry && !isEmptyGeometry(geometry) ? geometry : null));
  const heights = present.some((geometry) => geometry !== null && hasZ(geometry));
  const code = type === ShapeType.none ? type : type + (heights ? POINT_Z_OFFSET : 0);
  const records = present.map((geometry) => recordBytes(geometry, type, code, heights));
  const shp = headed(present, code, RECORD_HEADER_BYTES * records.length + totalBytes(records));
  const shx = headed(present, code, RECORD_HEADER_BYTES * records.length);
  let offset = HEADER_BYTES;
  for (const [index, record] of records.entries()) {
    const entry = HEADER_BYTES + index * RECORD_HEADER_BYTES;
    // Offsets and lengths are counted in words of two bytes.
    shx.writeInt32BE(offset / 2, entry);
    shx.writeInt32BE(record.length / 2, entry + 4);
    shp.writeInt32BE(index + 1, offset);
    shp.writeInt32BE(record.length / 2, offset + 4);
    shp.set(record, offset + RECORD_HEADER_BYTES);
    offset += RECORD_HEADER_BYTES + record.length;
  }
  return { shp, shx };
}

const totalBytes = (records: readonly Uint8Array[]): number =>
  records.reduce((sum, { length }) => sum + length, 0);

/** A file with its header, and room for its records. */
function headed(geometries: readonly (Geometry | null)[], code: number, bytes: number): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.writeInt32BE(FILE_CODE, 0);
  file.writeInt32BE(file.length / 2, 24);
  file.writeInt32LE(FILE_VERSION, 28);
  file.writeInt32LE(code, 32);
  writeDoubles(file, 36, [
    ...(computeBounds(geometries) ?? [0, 0, 0, 0]),
    ...findRange(geometries.flatMap(findZRange)),
  ]);
  return file;
}

function recordBytes(geometry: Geometry | null, type: ShapeType, code: number, heights: boolean): Buffer {
  if (geometry === null) return Buffer.alloc(4);
  if (type === ShapeType.point) {
    const { coordinates } = geometry as Geometry & { coordinates: Position };
    const record = Buffer.alloc(heights ? 36 : 20);
    record.writeInt32LE(code);
    const [x = 0, y = 0, z = 0] = coordinates;
    writeDoubles(record, 4, heights ? [x, y, z, NO_MEASURE] : [x, y]);
    return record;
  }
  const parts = listParts(geometry);
  const positions = parts.flat();
  // A MultiPoint has no parts.
  const lists = type === ShapeType.multiPoint ? 40 : 44 + 4 * parts.length;
  const flat = lists + positions.length * XY;
  const record = Buffer.alloc(flat + (heights ? XY + positions.length * 8 : 0));
  record.writeInt32LE(code);
  writeDoubles(record, 4, computeBounds([geometry]) as Bounds);
  if (type === ShapeType.multiPoint) record.writeInt32LE(positions.length, 36);
  else {
    record.writeInt32LE(parts.length, 36);
    record.writeInt32LE(positions.length, 40);
    let start = 0;
    for (const [index, part] of parts.entries()) {
      record.writeInt32LE(start, 44 + index * 4);
      start += part.length;
    }
  }
  for (const [index, [x = 0, y = 0]] of positions.entries()) writeDoubles(record, lists + index * XY, [x, y]);
  if (heights) {
    const values = positions.map(([, , z = 0]) => z);
    writeDoubles(record, flat, [...findRange(values)]);
    for (const [index, value] of values.entries()) record.writeDoubleLE(value, flat + XY + index * 8);
  }
  return record;
}

/** Lines or rings; outer rings clockwise and holes the other way, as the format wants them. */
function listParts(geometry: Geometry): Position[][] {
  const rings = (polygon: readonly Position[][]) =>
    polygon.filter((ring) => ring.length > 0).map((ring, index) => directed(ring, index === 0));
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
      return geometry.coordinates.filter((line) => line.length > 0);
    case 'Polygon':
      return rings(geometry.coordinates);
    case 'MultiPolygon':
      return geometry.coordinates.flatMap(rings);
    case 'GeometryCollection':
      throw new Error('A Shapefile holds no collections');
  }
}

function findZRange(geometry: Geometry | null): number[] {
  const range = [Infinity, -Infinity];
  eachPosition(geometry, ([, , z]) => {
    if (z === undefined) return;
    range[0] = Math.min(range[0] ?? z, z);
    range[1] = Math.max(range[1] ?? z, z);
  });
  return range[0] === Infinity ? [] : range;
}

function findRange(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 0];
  const least = values.reduce((one, other) => Math.min(one, other));
  return [least, values.reduce((one, other) => Math.max(one, other))];
}

function writeDoubles(buffer: Buffer, offset: number, values: readonly number[]): void {
  for (const [index, value] of values.entries()) buffer.writeDoubleLE(value, offset + index * 8);
}
