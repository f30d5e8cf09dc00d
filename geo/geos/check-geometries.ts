import { append } from '../../core/shared/arrays.ts';
import { rangeAt } from '../../core/shared/item-at.ts';
import { GeometryPacker, type PackedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import type { GeometriesInParts } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { type GeosScope, loadGeos } from './geos.ts';
import { onGeometry } from './refused-geometry.ts';
import { type RepairStyle, repaired } from './repair.ts';
import { packResult } from './results.ts';

export interface GeometriesToCheck extends GeometriesInParts {
  /** How invalid ones are repaired; undefined where they are not. */
  readonly repair: RepairStyle | undefined;
}

/** The geometries of a part that are not valid. */
export interface InvalidGeometries {
  readonly indexes: Uint32Array;
  readonly reasons: readonly string[];
  /** Two coordinates for each. */
  readonly locations: Float64Array;
  readonly repaired: PackedGeometries;
}

/** Finds out which geometries are not valid, and repairs them where that is wanted. */
export const checkGeometries = defineKernel<GeometriesToCheck, InvalidGeometries>(
  'checkGeometries',
  async ({ geometries, starts, repair }) => {
    const geos = await loadGeos();
    const check = (scope: GeosScope, index: number, invalid: Found): void => {
      const handle = scope.readWkb(wkbAt(geometries, index));
      const found = scope.invalidity(handle);
      if (!found) return;
      invalid.indexes.push(index);
      invalid.reasons.push(found.reason);
      append(invalid.locations, found.location);
      if (repair) packResult(geos, repaired(scope, handle, repair), invalid.repaired);
    };
    return {
      part: async (number) => {
        const invalid: Found = { indexes: [], reasons: [], locations: [], repaired: new GeometryPacker() };
        const [from, to] = rangeAt(starts, number);
        for (let index = from; index < to; index++)
          await onGeometry(placeholderPointer(index), async () =>
            geos.scope((scope) => check(scope, index, invalid)),
          );
        return {
          indexes: Uint32Array.from(invalid.indexes),
          reasons: invalid.reasons,
          locations: Float64Array.from(invalid.locations),
          repaired: invalid.repaired.packed(),
        };
      },
      end: () => {},
    };
  },
);

interface Found {
  readonly indexes: number[];
  readonly reasons: string[];
  readonly locations: number[];
  readonly repaired: GeometryPacker;
}
