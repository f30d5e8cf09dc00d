import type { Geometry } from 'geojson';
import { geometryFromWkb, WkbWriter } from '../formats/wkb/wkb.ts';
import { hasWkbZ, readWkbType } from '../formats/wkb/wkb-measures.ts';
import { LazyGeometry } from '../geometry/lazy-geometry.ts';

/** Many geometries as WKB behind one another, which threads share or hand over without a copy of each. */
export interface PackedGeometries {
  readonly bytes: Uint8Array;
  /** Where each geometry begins in `bytes`, and where the last one ends; null geometries have no bytes. */
  readonly offsets: Uint32Array;
}

/** Packs geometries one by one. */
export class GeometryPacker {
  readonly #writer = new WkbWriter();
  readonly #offsets: number[] = [0];

  get count(): number {
    return this.#offsets.length - 1;
  }

  /** Appends a geometry, as WKB; null takes no bytes. */
  add(geometry: Geometry | null): void {
    if (geometry !== null) this.#writer.append(geometry);
    this.#offsets.push(this.#writer.written.length);
  }

  /** Appends a geometry that is ISO WKB already. */
  addWkb(wkb: Uint8Array): void {
    this.#writer.appendBytes(wkb);
    this.#offsets.push(this.#writer.written.length);
  }

  /** What was packed, in memory of its own, so that it can be handed over to another thread. */
  packed(): PackedGeometries {
    return { bytes: this.#writer.written.slice(), offsets: Uint32Array.from(this.#offsets) };
  }

  /** The same in memory that several threads read. */
  shared(): PackedGeometries {
    const { written } = this.#writer;
    const bytes = new Uint8Array(new SharedArrayBuffer(written.length));
    bytes.set(written);
    return { bytes, offsets: sharedNumbers(this.#offsets) };
  }
}

/** Packs geometries into memory that several threads read. */
export function sharedGeometries(geometries: Iterable<Geometry | null>): PackedGeometries {
  const packer = new GeometryPacker();
  for (const geometry of geometries) packer.add(geometry);
  return packer.shared();
}

/** Whole numbers from 0 in memory that several threads read. */
export function sharedNumbers(numbers: ArrayLike<number>): Uint32Array {
  const shared = new Uint32Array(new SharedArrayBuffer(numbers.length * 4));
  shared.set(numbers);
  return shared;
}

/** Number of the geometries, null ones included. */
export const packedCount = ({ offsets }: PackedGeometries): number => offsets.length - 1;

/** Bytes of a geometry as WKB; none of a null geometry. */
export const wkbAt = ({ bytes, offsets }: PackedGeometries, index: number): Uint8Array =>
  bytes.subarray(offsets[index] ?? 0, offsets[index + 1] ?? 0);

/** Each of the geometries as WKB. */
export const unpackWkbs = (packed: PackedGeometries): Uint8Array[] =>
  Array.from({ length: packedCount(packed) }, (_, index) => wkbAt(packed, index));

const typeNames = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
] as const;

/**
 * The geometry of WKB, as `WkbWriter` and GEOS write it; its coordinates are made when they are asked for, except
 * where some have heights: GEOS leaves those of some new vertices unknown.
 */
export function lazyGeometry(wkb: Uint8Array): Geometry {
  const type = hasWkbZ(wkb) ? undefined : typeNames[readWkbType(wkb) - 1];
  return type ? (new LazyGeometry(type, wkb, geometryFromWkb) as Geometry) : geometryFromWkb(wkb);
}

/** A geometry by its index; null where it is null. */
export function geometryAt(packed: PackedGeometries, index: number): Geometry | null {
  const wkb = wkbAt(packed, index);
  return wkb.length === 0 ? null : geometryFromWkb(wkb);
}
