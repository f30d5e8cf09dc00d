import type { Geometry, Position } from 'geojson';
import { BeyondReader, FormatError } from '../../../core/shared/format-error.ts';
import { polygonsFromRings } from '../../geometry/rings-to-polygons.ts';
import {
  FILE_CODE,
  HEADER_BYTES,
  LEAST_VALUE,
  MEASURES,
  MULTIPATCH,
  POINT_Z_OFFSET,
  RECORD_HEADER_BYTES,
  ShapeType,
} from './shapefile-types.ts';

const XY = 16;
/** Where the header has the least and the largest measure. */
const HEADER_MEASURES = 84;

/**
 * The geometries of a .shp file, one per record; null for null shapes. Measures are dropped; see `hasMeasures`.
 *
 * @param index the .shx file, which says where the records are: there may be gaps between them and after them.
 * @throws Error where the file is not one, ends early, BeyondReader for multipatches
 */
export function geometriesFromShp(bytes: Uint8Array, index?: Uint8Array): (Geometry | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < HEADER_BYTES || view.getInt32(0) !== FILE_CODE)
    throw new FormatError('its .shp does not have the header of a Shapefile.');
  if (index) return recordsOfIndex(index, bytes).map(shape);
  const geometries: (Geometry | null)[] = [];
  let offset = HEADER_BYTES;
  while (offset + RECORD_HEADER_BYTES + 4 <= view.byteLength) {
    const length = view.getInt32(offset + 4) * 2;
    const start = offset + RECORD_HEADER_BYTES;
    if (length < 4 || start + length > view.byteLength)
      throw new FormatError(`record ${geometries.length + 1} of its .shp extends beyond the end.`);
    geometries.push(shape(new DataView(bytes.buffer, bytes.byteOffset + start, length)));
    offset = start + length;
  }
  return geometries;
}

/** The contents of the records that a .shx leads to. */
function recordsOfIndex(index: Uint8Array, bytes: Uint8Array): DataView[] {
  const entries = new DataView(index.buffer, index.byteOffset, index.byteLength);
  const count = Math.max(0, Math.floor((entries.byteLength - HEADER_BYTES) / RECORD_HEADER_BYTES));
  let left = bytes.length;
  return Array.from({ length: count }, (_, number) => {
    const at = HEADER_BYTES + number * RECORD_HEADER_BYTES;
    const start = entries.getInt32(at) * 2 + RECORD_HEADER_BYTES;
    const length = entries.getInt32(at + 4) * 2;
    // A file may lead to the same record again and again, which in memory would take any amount.
    left -= length;
    if (length < 4 || left < 0 || start < HEADER_BYTES || start + length > bytes.length)
      throw new FormatError(`its .shx places record ${number + 1} outside the .shp.`);
    return new DataView(bytes.buffer, bytes.byteOffset + start, length);
  });
}

function shape(record: DataView): Geometry | null {
  const code = record.getInt32(0, true);
  const withHeights = code > POINT_Z_OFFSET && code < MEASURES;
  const type = code - (withHeights ? POINT_Z_OFFSET : code > MEASURES ? MEASURES : 0);
  switch (type) {
    case ShapeType.none:
      return null;
    case ShapeType.point:
      return { type: 'Point', coordinates: position(record, 4, withHeights ? 20 : undefined) };
    case ShapeType.multiPoint: {
      const count = countAt(record, 36, XY);
      return { type: 'MultiPoint', coordinates: positions(record, 40, count, withHeights) };
    }
    case ShapeType.line: {
      const [first, ...others] = parts(record, withHeights);
      if (!first) return null;
      return others.length === 0
        ? { type: 'LineString', coordinates: first }
        : { type: 'MultiLineString', coordinates: [first, ...others] };
    }
    case ShapeType.polygon: {
      const [first, ...others] = polygonsFromRings(parts(record, withHeights));
      if (!first) return null;
      return others.length === 0
        ? { type: 'Polygon', coordinates: first }
        : { type: 'MultiPolygon', coordinates: [first, ...others] };
    }
    default:
      if (code === MULTIPATCH)
        throw new BeyondReader(
          'its shapes are multipatches.',
          'The shapes of the file are multipatches, which became MultiPolygons of their triangles and rings.',
        );
      throw new FormatError(`shapes of type ${code} are not known.`);
  }
}

/** A number of things that must all fit into the record: files come from strangers. */
function countAt(record: DataView, offset: number, bytesEach: number): number {
  const count = record.getInt32(offset, true);
  if (count < 0 || count * bytesEach > record.byteLength)
    throw new FormatError('a record of its .shp ends early.');
  return count;
}

function parts(record: DataView, withHeights: boolean): Position[][] {
  const partCount = countAt(record, 36, 4);
  const pointCount = countAt(record, 40, XY);
  const all = positions(record, 44 + partCount * 4, pointCount, withHeights);
  const starts = Array.from({ length: partCount }, (_, index) => record.getInt32(44 + index * 4, true));
  // Parts that overlap would have the same positions again and again, which in memory would take any amount.
  if (starts.some((start, index) => start < (starts[index - 1] ?? 0) || start > pointCount))
    throw new FormatError('a record of its .shp has parts that are out of order.');
  return starts
    .map((start, index) => all.slice(start, starts[index + 1] ?? pointCount))
    .filter((part) => part.length > 0);
}

/** Positions are stored first, then the range of the heights, then the heights. */
function positions(record: DataView, offset: number, count: number, withHeights: boolean): Position[] {
  const heights = withHeights ? offset + count * XY + 16 : undefined;
  return Array.from({ length: count }, (_, index) =>
    position(record, offset + index * XY, heights === undefined ? undefined : heights + index * 8),
  );
}

function position(record: DataView, offset: number, height: number | undefined): Position {
  const x = record.getFloat64(offset, true);
  const y = record.getFloat64(offset + 8, true);
  const z = height === undefined ? Number.NaN : record.getFloat64(height, true);
  return z > LEAST_VALUE ? [x, y, z] : [x, y];
}

/**
 * Whether positions have measures that say something: those of types with measures alone, and of types with heights where they
 * are neither missing nor all 0, as programs fill in what nobody uses. The bounds in the header tell.
 */
export function hasMeasures(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < HEADER_BYTES) return false;
  const type = view.getInt32(32, true);
  if (type > MEASURES) return type < MULTIPATCH;
  if (type < POINT_Z_OFFSET) return false;
  const isMeasure = (offset: number) => {
    const value = offset + 8 <= view.byteLength ? view.getFloat64(offset, true) : 0;
    return value > LEAST_VALUE && value !== 0;
  };
  return isMeasure(HEADER_MEASURES) || isMeasure(HEADER_MEASURES + 8);
}
