import type { RunContext } from '../../../core/run/context.ts';
import { type Crs, crs84 } from '../../crs/crs.ts';
import { requireComputable } from '../../crs/find-crs.ts';
import type { Raster } from '../raster.ts';

/**
 * The CRS of features that are made from a raster: that of the raster, or CRS84 where it names none, which the log says.
 *
 * @throws InvalidInput where positions in it cannot be computed
 */
export function resolveRasterCrs(
  { crs, pointer }: Pick<Raster, 'crs' | 'pointer'>,
  context: RunContext,
): Crs {
  if (crs !== undefined) return requireComputable(crs, pointer);
  context.warn('The raster has no CRS; its coordinates are assumed to be in CRS84.', { input: pointer });
  return crs84;
}
