import type { GeoJsonGeometryTypes, Geometry, Position } from 'geojson';
import { FormatError } from '../../../core/shared/format-error.ts';
import { joinLines, linearizeArcs, type TellCurve } from '../../geometry/arcs.ts';
import { keptWkb } from '../../geometry/lazy-geometry.ts';

/**
 * Well-known binary (ISO 19125 with the Z and M types of ISO 13249; the flags of PostGIS are understood too) to
 * and from GeoJSON geometries. Written here because it is the way into GEOS, GeoPackage and GeoParquet alike.
 */
const codes = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
} as const;
const names = new Map(Object.entries(codes).map(([name, code]) => [code as number, name]));

/** True when any position of the geometry has a height. */
export function hasZ(geometry: Geometry): boolean {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.some(hasZ);
  if (keptWkb(geometry)) return false;
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates.length > 2;
    case 'MultiPoint':
    case 'LineString':
      return anyHigh(geometry.coordinates);
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.some(anyHigh);
    case 'MultiPolygon':
      return geometry.coordinates.some((rings) => rings.some(anyHigh));
  }
}

function anyHigh(positions: readonly Position[]): boolean {
  for (const position of positions) if (position.length > 2) return true;
  return false;
}

/** A buffer that grows; kept between geometries so that a layer of a million points needs one allocation. */
export class WkbWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #offset = 0;

  /**
   * @returns little-endian ISO WKB; a view that the next call overwrites, so copy what is kept. Positions
   *   without a height get 0 where others of the geometry have one; empty points are two NaN.
   */
  write(geometry: Geometry): Uint8Array {
    this.#offset = 0;
    this.append(geometry);
    return this.written;
  }

  /** Writes behind what has been written. */
  append(geometry: Geometry): void {
    const wkb = keptWkb(geometry);
    if (wkb) this.appendBytes(wkb);
    else this.#geometry(geometry, hasZ(geometry));
  }

  /** Copies WKB behind what has been written. */
  appendBytes(wkb: Uint8Array): void {
    this.#reserve(wkb.length);
    this.#bytes.set(wkb, this.#offset);
    this.#offset += wkb.length;
  }

  /** A view of what has been written since the last {@link write}. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#offset);
  }

  #reserve(size: number): void {
    if (this.#offset + size <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#offset + size));
    grown.set(this.#bytes.subarray(0, this.#offset));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #count(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#offset, value, true);
    this.#offset += 4;
  }

  #header(type: keyof typeof codes, z: boolean): void {
    this.#reserve(5);
    this.#bytes[this.#offset] = 1;
    this.#view.setUint32(this.#offset + 1, codes[type] + (z ? 1000 : 0), true);
    this.#offset += 5;
  }

  #positions(positions: readonly Position[], z: boolean): void {
    const size = z ? 24 : 16;
    this.#reserve(positions.length * size);
    for (const position of positions) {
      this.#view.setFloat64(this.#offset, position[0] ?? Number.NaN, true);
      this.#view.setFloat64(this.#offset + 8, position[1] ?? Number.NaN, true);
      if (z)
        this.#view.setFloat64(this.#offset + 16, position[2] ?? (position.length ? 0 : Number.NaN), true);
      this.#offset += size;
    }
  }

  #line(positions: readonly Position[], z: boolean): void {
    this.#count(positions.length);
    this.#positions(positions, z);
  }

  #geometry(geometry: Geometry, z: boolean): void {
    this.#header(geometry.type, z);
    switch (geometry.type) {
      case 'Point':
        this.#positions([geometry.coordinates], z);
        return;
      case 'LineString':
        this.#line(geometry.coordinates, z);
        return;
      case 'Polygon':
        this.#rings(geometry.coordinates, z);
        return;
      case 'MultiPoint':
        this.#parts(geometry.coordinates, (coordinates) => ({ type: 'Point', coordinates }), z);
        return;
      case 'MultiLineString':
        this.#parts(geometry.coordinates, (coordinates) => ({ type: 'LineString', coordinates }), z);
        return;
      case 'MultiPolygon':
        this.#parts(geometry.coordinates, (coordinates) => ({ type: 'Polygon', coordinates }), z);
        return;
      case 'GeometryCollection':
        this.#parts(geometry.geometries, (part) => part, z);
        return;
    }
  }

  #rings(rings: readonly Position[][], z: boolean): void {
    this.#count(rings.length);
    for (const ring of rings) this.#line(ring, z);
  }

  #parts<T>(parts: readonly T[], toGeometry: (part: T) => Geometry, z: boolean): void {
    this.#count(parts.length);
    for (const part of parts) this.#geometry(toGeometry(part), z);
  }
}

/** What is wrong with bytes that were said to be WKB. */
export class WkbError extends FormatError {
  static override readonly name: string = 'WkbError';
}

/** Types of ISO 19125 that consist of triangles or polygons, with those of GeoJSON that they are read as. */
const surfaces = new Map<number, 'Polygon' | 'MultiPolygon'>([
  [15, 'MultiPolygon'],
  [16, 'MultiPolygon'],
  [17, 'Polygon'],
]);

/** Types of curves and of what consists of them (ISO 13249), with those of GeoJSON that they are linearized to. */
const curves = new Map<number, GeoJsonGeometryTypes>([
  [8, 'LineString'],
  [9, 'LineString'],
  [10, 'Polygon'],
  [11, 'MultiLineString'],
  [12, 'MultiPolygon'],
]);
const CIRCULAR_STRING = 8;
const COMPOUND_CURVE = 9;
const CURVE_POLYGON = 10;

/** Collections inside collections are followed this deep; files come from strangers. */
const MAXIMUM_NESTING = 32;

/**
 * Reads WKB of either byte order. Measures (M) are dropped, empty points become `coordinates: []`.
 * Surfaces of polygons or triangles become MultiPolygons. Curves are linearized.
 *
 * @param tellCurve called where there are curves, and before an arc becomes vertices with their number
 * @throws WkbError when the bytes end early; CurveError for a curve that is none
 */
export function geometryFromWkb(bytes: Uint8Array, tellCurve?: TellCurve): Geometry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;

  const need = (size: number): void => {
    if (offset + size > view.byteLength) throw new WkbError('The geometry ends before its coordinates do.');
  };

  function position(little: boolean, dimensions: number, hasHeight: boolean): Position {
    const x = view.getFloat64(offset, little);
    const y = view.getFloat64(offset + 8, little);
    const height = hasHeight ? view.getFloat64(offset + 16, little) : Number.NaN;
    offset += dimensions * 8;
    // Overlays leave the height of some new vertices unknown, and JSON has no NaN.
    return Number.isNaN(height) ? [x, y] : [x, y, height];
  }

  function read(nesting: number): Geometry {
    if (nesting > MAXIMUM_NESTING)
      throw new WkbError(`The geometry is nested more than ${MAXIMUM_NESTING} deep.`);
    need(5);
    const little = view.getUint8(offset) === 1;
    const raw = view.getUint32(offset + 1, little);
    offset += 5;
    if (raw & 0x20000000) offset += 4;
    const iso = raw & 0x0fffffff;
    const form = Math.floor(iso / 1000);
    const hasHeight = (raw & 0x80000000) !== 0 || form === 1 || form === 3;
    const hasMeasure = (raw & 0x40000000) !== 0 || form === 2 || form === 3;
    const dimensions = 2 + Number(hasHeight) + Number(hasMeasure);
    const code = iso % 1000;
    const type = names.get(code) ?? surfaces.get(code) ?? curves.get(code);
    if (curves.has(code)) tellCurve?.(0);
    if (!type) throw new WkbError(`The geometry type ${code} is not known.`);

    const count = (least: number): number => {
      need(4);
      const value = view.getUint32(offset, little);
      offset += 4;
      need(value * least);
      return value;
    };
    const line = (): Position[] => {
      const positions: Position[] = [];
      const length = count(dimensions * 8);
      if (dimensions === 2) {
        // Most layers: nothing is called for each of their positions.
        const end = offset + length * 16;
        for (; offset < end; offset += 16)
          positions.push([view.getFloat64(offset, little), view.getFloat64(offset + 8, little)]);
      } else
        for (let left = length; left > 0; left--) positions.push(position(little, dimensions, hasHeight));
      return positions;
    };
    const parts = (): Geometry[] => Array.from({ length: count(5) }, () => read(nesting + 1));
    const coordinates = (): never[] =>
      parts().map((part) => (part as unknown as { coordinates: never }).coordinates);

    switch (type) {
      case 'Point': {
        need(dimensions * 8);
        const point = position(little, dimensions, hasHeight);
        return { type, coordinates: Number.isNaN(point[0]) && Number.isNaN(point[1]) ? [] : point };
      }
      case 'LineString':
        if (code === CIRCULAR_STRING) return { type, coordinates: linearizeArcs(line(), tellCurve) };
        return { type, coordinates: code === COMPOUND_CURVE ? joinLines(coordinates()) : line() };
      case 'Polygon':
        if (code === CURVE_POLYGON) return { type, coordinates: coordinates() };
        return { type, coordinates: Array.from({ length: count(4) }, line) };
      case 'GeometryCollection':
        return { type, geometries: parts() };
      case 'MultiPoint':
        // GeoJSON has no way to write an empty point inside a MultiPoint.
        return { type, coordinates: coordinates().filter((point: Position) => point.length > 0) };
      default:
        return { type: type as 'MultiLineString' | 'MultiPolygon', coordinates: coordinates() };
    }
  }

  return read(0);
}
