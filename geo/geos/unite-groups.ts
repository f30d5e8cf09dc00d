import { itemAt, rangeAt } from '../../core/shared/item-at.ts';
import { GeometryPacker, type PackedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { collected, readDimension } from './geometry-types.ts';
import { type GeosScope, type Handle, loadGeos } from './geos.ts';
import { onGeometry } from './refused-geometry.ts';
import { packResult } from './results.ts';

export interface GroupsToUnite {
  readonly geometries: PackedGeometries;
  /** Where each group of geometries begins, and where the last one ends. */
  readonly groups: Uint32Array;
  /** Where each part begins among the groups, and where the last one ends. */
  readonly starts: Uint32Array;
  /** True of pairs that are unions themselves: each is united with the other, and not again with itself. */
  readonly areUnions: boolean;
}

/** Unites the geometries of each group. */
export const uniteGroups = defineKernel<GroupsToUnite, PackedGeometries>(
  'uniteGroups',
  async ({ geometries, groups, starts, areUnions }) => {
    const geos = await loadGeos();
    const unite = (scope: GeosScope, group: number): Handle => {
      const handles: Handle[] = [];
      const [from, to] = rangeAt(groups, group);
      for (let index = from; index < to; index++) handles.push(scope.readWkb(wkbAt(geometries, index)));
      return areUnions ? unitedWith(scope, handles) : united(scope, handles);
    };
    return {
      part: async (number) => {
        const packer = new GeometryPacker();
        const [from, to] = rangeAt(starts, number);
        for (let group = from; group < to; group++) {
          await onGeometry('/inputs/features', async () =>
            geos.scope((scope) => packResult(geos, unite(scope, group), packer)),
          );
        }
        return packer.packed();
      },
      end: () => {},
    };
  },
);

/** Union of geometries of any kind, dimension by dimension. */
export const united = (scope: GeosScope, geometries: readonly Handle[]): Handle =>
  scope.unaryUnion(geometries.length === 1 ? itemAt(geometries, 0) : collected(scope, geometries));

/** Union of two geometries that are unions themselves. */
function unitedWith(scope: GeosScope, pair: readonly Handle[]): Handle {
  const [one, other] = pair as [Handle, Handle];
  const dimension = readDimension(scope.geos, one);
  const isSame = dimension !== undefined && dimension === readDimension(scope.geos, other);
  // What has several dimensions is united by dimension, so that areas take in the lines and points on them.
  return isSame ? scope.union(one, other) : united(scope, pair);
}
