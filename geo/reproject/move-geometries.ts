import { itemAt, rangeAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import type { Move } from '../crs/moves.ts';
import { moveBetweenCrs, tearsEdges } from '../crs/transformation.ts';
import { eachRunInWkb } from '../formats/wkb/wkb-measures.ts';
import type { PackedGeometries } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import type { GeometriesInParts } from '../parallel/parts.ts';

export interface GeometriesToMove extends GeometriesInParts {
  /** Two CRSs whose coordinates are not the same. */
  readonly from: Crs;
  readonly to: Crs;
}

export interface MovedGeometries extends PackedGeometries {
  /**
   * Those, by their numbers in the part, that are more than their moved vertices: a position has no place in the
   * target, or an edge may cross the antimeridian there.
   */
  readonly unsettled: readonly number[];
}

/** Moves the vertices of geometries to another CRS; heights are kept. */
export const moveGeometries = defineKernel<GeometriesToMove, MovedGeometries>(
  'moveGeometries',
  async ({ geometries: { bytes, offsets }, starts, from, to }) => {
    const move = moveBetweenCrs(from, to);
    if (!move) throw new Error('The geometries are in the target CRS already');
    const longest = tearsEdges(from, to) ? HALF_A_TURN : Infinity;
    return {
      part: async (number) => {
        const [first, end] = rangeAt(starts, number);
        const own = offsets.slice(first, end + 1);
        const start = itemAt(own, 0);
        const moved = bytes.slice(start, own.at(-1));
        for (let index = 0; index < own.length; index++) own[index] = (own[index] ?? 0) - start;
        const unsettled: number[] = [];
        for (let index = 0; index + 1 < own.length; index++)
          if (!moveWkb(moved.subarray(own[index], own[index + 1]), move, longest)) unsettled.push(index);
        return { bytes: moved, offsets: own, unsettled };
      },
      end: () => {},
    };
  },
);

/** Degrees of longitude. */
const HALF_A_TURN = 180;

/**
 * Moves the positions of WKB where they stand.
 *
 * @returns false when one has no place, or when an edge is longer than that from west to east.
 */
function moveWkb(wkb: Uint8Array, move: Move, longest: number): boolean {
  const place = { x: Number.NaN, y: Number.NaN };
  let isSettled = true;
  eachRunInWkb(wkb, (view, offset, count, stride) => {
    const end = offset + count * stride;
    let previous = Number.NaN;
    for (let at = offset; at < end; at += stride) {
      place.x = view.getFloat64(at, true);
      place.y = view.getFloat64(at + 8, true);
      move(place);
      view.setFloat64(at, place.x, true);
      view.setFloat64(at + 8, place.y, true);
      if (Math.abs(place.x - previous) > longest) isSettled = false;
      previous = place.x;
      if (!Number.isFinite(place.x) || !Number.isFinite(place.y)) isSettled = false;
    }
  });
  return isSettled;
}
