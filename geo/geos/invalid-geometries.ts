import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import type { Layer } from '../layer/layer.ts';
import { lazyGeometry, sharedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { estimateVertices, splitGeometries } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { checkGeometries } from './check-geometries.ts';
import type { Invalidity } from './geos.ts';
import type { RepairStyle } from './repair.ts';

/** What is wrong with a geometry, and a valid one for it where that was wanted. */
export interface InvalidGeometry extends Invalidity {
  readonly repaired?: Geometry;
}

/**
 * The invalid geometries of a layer by the indexes of their features, in order.
 *
 * @param repair how they are repaired; undefined where they are not.
 * @param tell tells how many features were looked at.
 * @throws InvalidInput with a pointer to a geometry that GEOS cannot work on, LimitExceeded
 */
export async function findInvalidGeometries(
  { features, geometryPointer }: Pick<Layer, 'features' | 'geometryPointer'>,
  repair: RepairStyle | undefined,
  context: RunContext,
  reportProgress = featureProgress(context, features.length, 'Checking geometries'),
): Promise<Map<number, InvalidGeometry>> {
  const present = features.flatMap(({ geometry }, index) =>
    geometry && mayBeInvalid(geometry) ? [index] : [],
  );
  const geometries = sharedGeometries(present.map((index) => itemAt(features, index).geometry));
  const { starts, sizes } = splitGeometries(geometries);
  const parts = await shareWork(
    checkGeometries,
    { geometries, starts, repair },
    {
      context,
      sizes,
      vertices: estimateVertices(geometries),
      reportProgress,
      pointers: [(position) => geometryPointer(itemAt(present, position))],
    },
  );
  await reportProgress(features.length);
  const invalid = new Map<number, InvalidGeometry>();
  for (const { indexes, reasons, locations, repaired } of parts) {
    for (const [position, reason] of reasons.entries()) {
      const location = [itemAt(locations, position * 2), itemAt(locations, position * 2 + 1)] as const;
      const valid = repair && { repaired: lazyGeometry(wkbAt(repaired, position)) };
      invalid.set(itemAt(present, itemAt(indexes, position)), { reason, location, ...valid });
    }
  }
  return invalid;
}

/** Points of numbers, which layers have, are always valid. */
const mayBeInvalid = ({ type }: Geometry): boolean => type !== 'Point' && type !== 'MultiPoint';
