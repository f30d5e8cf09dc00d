import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import type { Geometry, Position } from 'geojson';
import { BeyondReader, FormatError } from '../../../core/shared/format-error.ts';
import { lazyGeometry } from '../../layer/packed-geometries.ts';
import { BROKEN, findField, followed } from './flat-tables.ts';
import { type Lines, WkbChunks } from './wkb-chunks.ts';

/** Numbers of the fields of a geometry in the schema of FlatGeobuf. */
const geometryFields = { ends: 0, xy: 1, z: 2, type: 6, parts: 7 } as const;

/** Bytes of an offset or an end in a list, and of a number. */
const OFFSET = 4;
const NUMBER = 8;

/** Collections inside collections are followed this deep; files come from strangers. */
const MAXIMUM_NESTING = 32;

/** Reads geometries where they stand in the bytes of a file; lines and areas without heights become WKB until someone asks for more. */
export class GeometryReader {
  readonly #view: DataView;
  readonly #wkb: WkbChunks;
  /** Where the feature ends. */
  #end = 0;
  /**
   * Bytes of the feature that its lists have not taken yet. A broken or hostile file says that a list is longer than
   * the file, or has many lists in the same bytes; in memory these would take any amount.
   */
  #left = 0;

  constructor(view: DataView) {
    this.#view = view;
    this.#wkb = new WkbChunks(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  /**
   * @param table where the geometry stands.
   * @param commonType type of all geometries of the file, if they have one.
   * @param start and end: of the feature.
   */
  read(table: number, commonType: GeometryType, start: number, end: number): Geometry {
    this.#end = end;
    this.#left = end - start;
    const type = commonType || this.#readType(table);
    return this.#lazyGeometry(table, type) ?? this.#geometry(table, type);
  }

  /** Lines and areas without heights as WKB; undefined of all else. */
  #lazyGeometry(table: number, type: GeometryType): Geometry | undefined {
    if (!isLineOrArea(type) || this.#hasHeights(table)) return undefined;
    if (type === GeometryType.LineString) return lazyGeometry(this.#wkb.lineString(this.#line(table)));
    if (type === GeometryType.Polygon) return lazyGeometry(this.#wkb.polygon(this.#findLines(table)));
    if (type === GeometryType.MultiLineString)
      return lazyGeometry(this.#wkb.multiLineString(this.#findLines(table)));
    const left = this.#left;
    const parts = this.#parts(table);
    if (!parts.some((part) => this.#hasHeights(part)))
      return lazyGeometry(this.#wkb.multiPolygon(parts.map((part) => this.#findLines(part))));
    // They are read once more.
    this.#left = left;
    return undefined;
  }

  #geometry(table: number, type: GeometryType, depth = 0): Geometry {
    switch (type) {
      case GeometryType.Point:
        return { type: 'Point', coordinates: this.#first(table) };
      case GeometryType.MultiPoint:
        return { type: 'MultiPoint', coordinates: this.#positions(table) };
      case GeometryType.LineString:
        return { type: 'LineString', coordinates: this.#positions(table) };
      case GeometryType.MultiLineString:
        return { type: 'MultiLineString', coordinates: this.#lines(table) };
      case GeometryType.Polygon:
        return { type: 'Polygon', coordinates: this.#lines(table) };
      case GeometryType.MultiPolygon:
        return { type: 'MultiPolygon', coordinates: this.#parts(table).map((part) => this.#lines(part)) };
      case GeometryType.GeometryCollection:
        return { type: 'GeometryCollection', geometries: this.#collected(table, depth) };
      case GeometryType.CircularString:
      case GeometryType.CompoundCurve:
      case GeometryType.CurvePolygon:
      case GeometryType.MultiCurve:
      case GeometryType.MultiSurface:
      case GeometryType.Curve:
      case GeometryType.Surface:
        throw new BeyondReader('it has curves.');
      case GeometryType.PolyhedralSurface:
      case GeometryType.TIN:
      case GeometryType.Triangle:
        throw new BeyondReader(`the geometry type ${GeometryType[type]} is not read`);
      default:
        throw new FormatError(`the geometry type ${GeometryType[type] ?? type} is not supported.`);
    }
  }

  #collected(table: number, depth: number): Geometry[] {
    if (depth >= MAXIMUM_NESTING)
      throw new FormatError(`collections are nested more than ${MAXIMUM_NESTING} deep.`);
    return this.#parts(table).map((part) => this.#geometry(part, this.#readType(part), depth + 1));
  }

  #readType(table: number): GeometryType {
    const at = findField(this.#view, table, geometryFields.type);
    return at === 0 ? GeometryType.Unknown : this.#view.getUint8(at);
  }

  #parts(table: number): number[] {
    const list = this.#list(table, geometryFields.parts, OFFSET);
    const parts: number[] = [];
    for (let index = 0; index < this.#readLength(list); index++)
      parts.push(followed(this.#view, list + OFFSET + index * OFFSET));
    return parts;
  }

  #positions(table: number): Position[] {
    const xy = this.#list(table, geometryFields.xy, NUMBER);
    return this.#run(xy, this.#readZ(table, xy), 0, Math.floor(this.#readLength(xy) / 2));
  }

  /** The one position of a point; none of an empty one. */
  #first(table: number): Position {
    const xy = this.#list(table, geometryFields.xy, NUMBER);
    return this.#readLength(xy) < 2 ? [] : this.#position(xy, this.#readZ(table, xy), 0);
  }

  #lines(table: number): Position[][] {
    const { xy, ends } = this.#findLines(table);
    const z = this.#readZ(table, xy - OFFSET);
    return ends.map((end, index) => this.#run(xy - OFFSET, z, ends[index - 1] ?? 0, end));
  }

  /** The positions of a table as one line. */
  #line(table: number): Lines {
    const xy = this.#list(table, geometryFields.xy, NUMBER);
    return { xy: xy + OFFSET, ends: [Math.floor(this.#readLength(xy) / 2)] };
  }

  #findLines(table: number): Lines {
    const line = this.#line(table);
    const count = line.ends[0] ?? 0;
    if (count === 0) return { ...line, ends: [] };
    const list = this.#list(table, geometryFields.ends, OFFSET);
    const length = this.#readLength(list);
    if (length === 0) return line;
    const ends: number[] = [];
    let from = 0;
    for (let index = 0; index < length; index++) {
      const end = this.#view.getUint32(list + OFFSET + index * OFFSET, true);
      if (end < from || end > count) throw new FormatError(BROKEN);
      ends.push(end);
      from = end;
    }
    return { ...line, ends };
  }

  #hasHeights(table: number): boolean {
    return findField(this.#view, table, geometryFields.z) !== 0;
  }

  /** Some of the positions of two lists. */
  #run(xy: number, z: number, from: number, end: number): Position[] {
    const positions: Position[] = [];
    for (let index = from; index < end; index++) positions.push(this.#position(xy, z, index));
    return positions;
  }

  #position(xy: number, z: number, index: number): Position {
    const view = this.#view;
    const at = xy + OFFSET + index * 2 * NUMBER;
    const [x, y] = [view.getFloat64(at, true), view.getFloat64(at + NUMBER, true)];
    if (z === 0) return [x, y];
    const height = view.getFloat64(z + OFFSET + index * NUMBER, true);
    // Of layers where others have heights.
    return Number.isNaN(height) ? [x, y] : [x, y, height];
  }

  #readZ(table: number, xy: number): number {
    const z = this.#list(table, geometryFields.z, NUMBER);
    if (z !== 0 && this.#readLength(z) < Math.floor(this.#readLength(xy) / 2)) throw new FormatError(BROKEN);
    return z;
  }

  /** Where a list begins, with its length; 0 where there is none. */
  #list(table: number, field: number, size: number): number {
    const at = findField(this.#view, table, field);
    if (at === 0) return 0;
    const list = followed(this.#view, at);
    const bytes = this.#readLength(list) * size;
    this.#left -= bytes;
    if (this.#left < 0 || list + OFFSET + bytes > this.#end) throw new FormatError(BROKEN);
    return list;
  }

  #readLength(list: number): number {
    return list === 0 ? 0 : this.#view.getUint32(list, true);
  }
}

const isLineOrArea = (type: GeometryType): boolean =>
  type === GeometryType.LineString ||
  type === GeometryType.MultiLineString ||
  type === GeometryType.Polygon ||
  type === GeometryType.MultiPolygon;
