import { itemAt, rangeAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import type { Move } from '../crs/moves.ts';
import { findSeams } from '../crs/seams.ts';
import { moveBetweenCrs, tearsEdges } from '../crs/transformation.ts';
import { eachRunInWkb } from '../formats/wkb/wkb-measures.ts';
import { lyingAcross } from '../geodesy/cut-at-seams.ts';
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
    const seams = from.isGeographic ? findSeams(to) : undefined;
    const liesAcross = seams && lyingAcross(seams, from);
    return {
      part: async (number) => {
        const [first, end] = rangeAt(starts, number);
        const own = offsets.slice(first, end + 1);
        const start = itemAt(own, 0);
        const moved = bytes.slice(start, own.at(-1));
        for (let index = 0; index < own.length; index++) own[index] = (own[index] ?? 0) - start;
        const unsettled: number[] = [];
        for (let index = 0; index + 1 < own.length; index++)
          if (!moveWkb(moved.subarray(own[index], own[index + 1]), move, longest, liesAcross))
            unsettled.push(index);
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
 * @param liesAcross whether something between two longitudes may lie across the end of a map
 * @returns false when one has no place, when an edge is longer than that from west to east, or when it lies across such an end.
 */
function moveWkb(
  wkb: Uint8Array,
  move: Move,
  longest: number,
  liesAcross: ((west: number, east: number) => boolean) | undefined,
): boolean {
  const place = { x: Number.NaN, y: Number.NaN };
  let isSettled = true;
  let [west, east] = [Infinity, -Infinity];
  eachRunInWkb(wkb, (view, offset, count, stride) => {
    const end = offset + count * stride;
    let previous = Number.NaN;
    for (let at = offset; at < end; at += stride) {
      place.x = view.getFloat64(at, true);
      place.y = view.getFloat64(at + 8, true);
      if (place.x < west) west = place.x;
      if (place.x > east) east = place.x;
      move(place);
      view.setFloat64(at, place.x, true);
      view.setFloat64(at + 8, place.y, true);
      if (Math.abs(place.x - previous) > longest) isSettled = false;
      previous = place.x;
      if (!Number.isFinite(place.x) || !Number.isFinite(place.y)) isSettled = false;
    }
  });
  return isSettled && !liesAcross?.(west, east);
}
