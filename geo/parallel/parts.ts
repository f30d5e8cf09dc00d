import type { Geometry } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import { geometryAt, type PackedGeometries, packedCount, sharedNumbers } from '../layer/packed-geometries.ts';

/** Bytes of WKB, about 16 per vertex, and geometries of a part at most, unless one alone has more. */
const BYTES_PER_PART = 80_000;
const GEOMETRIES_PER_PART = 1000;

/** Parts of a work, each some items that follow one another. */
export interface Parts {
  /** Where each part begins, and where the last one ends. */
  readonly starts: Uint32Array;
  /** How many items each has. */
  readonly sizes: Uint32Array;
}

/**
 * Cuts items into parts that take some tens of milliseconds.
 *
 * @param sizeAt size of an item as WKB.
 */
export function splitItems(
  count: number,
  sizeAt: (index: number) => number,
  bytesPerPart = BYTES_PER_PART,
): Parts {
  const starts: number[] = [];
  let start = 0;
  let bytes = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const own = sizeAt(index);
    if (bytes + own > bytesPerPart || index - start >= GEOMETRIES_PER_PART) {
      starts.push(index);
      start = index;
      bytes = 0;
    }
    bytes += own;
  }
  const sizes = starts.map((start, part) => (starts[part + 1] ?? count) - start);
  return { starts: sharedNumbers([...starts, count]), sizes: Uint32Array.from(sizes) };
}

/** Geometries with the parts that they are cut into, as operations get them. */
export interface GeometriesInParts {
  /** None of them null. */
  readonly geometries: PackedGeometries;
  /** Where each part begins, and where the last one ends. */
  readonly starts: Uint32Array;
}

/** Cuts packed geometries into parts. */
export const splitGeometries = (packed: PackedGeometries): Parts =>
  splitItems(
    packedCount(packed),
    (index) => itemAt(packed.offsets, index + 1) - itemAt(packed.offsets, index),
  );

/** About how many vertices geometries have, from their size as WKB. */
export const estimateVertices = ({ bytes }: PackedGeometries): number => bytes.length / 16;

/** The geometry at an index, of geometries none of which is null. @throws RangeError for one that is */
export function presentGeometryAt(packed: PackedGeometries, index: number): Geometry {
  const geometry = geometryAt(packed, index);
  if (!geometry) throw new RangeError(`Geometry ${index} is null`);
  return geometry;
}
