import type { Geometry } from 'geojson';
import { computeWkbBounds } from '../formats/wkb/wkb-measures.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { type PackedGeometries, packedCount, sharedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { SpatialIndex, type StoredIndex } from '../layer/spatial-index.ts';

/** A layer in the plane of the work, in memory that several threads read. Features are named by position. */
export interface StoredLayer {
  readonly geometries: PackedGeometries;
  /** Four coordinates for each; NaN where there is no position. */
  readonly boxes: Float64Array;
  /** Undefined where nothing is searched in the layer. */
  readonly index?: StoredIndex;
  /** True when a move to the plane may have let edges cross: geometries are repaired then. */
  readonly mayBeInvalid: boolean;
}

/** @param planar geometries in the plane of the work. */
export function storedLayer(planar: Iterable<Geometry | null>, mayBeInvalid: boolean): StoredLayer {
  const geometries = sharedGeometries(planar);
  const count = packedCount(geometries);
  const boxes = new Float64Array(new SharedArrayBuffer(count * 32)).fill(Number.NaN);
  for (let position = 0; position < count; position++) {
    const wkb = wkbAt(geometries, position);
    const box = wkb.length > 0 && computeWkbBounds(wkb);
    if (box) boxes.set(box, position * 4);
  }
  return { geometries, boxes, mayBeInvalid };
}

/** The same with an index of its boxes. */
export const indexed = (layer: StoredLayer): StoredLayer => ({
  ...layer,
  index: SpatialIndex.ofBoxes(layer.boxes).stored,
});

/** Box of a feature; undefined where it has no position. */
export function boxAt({ boxes }: StoredLayer, position: number): Bounds | undefined {
  const at = position * 4;
  const west = boxes[at] ?? Number.NaN;
  return Number.isNaN(west)
    ? undefined
    : [west, boxes[at + 1] ?? Number.NaN, boxes[at + 2] ?? Number.NaN, boxes[at + 3] ?? Number.NaN];
}

/** Numbers of the layers of a work with two, for pointers. */
export const layerNumbers = { features: 0, overlay: 1 } as const;
