import type { RunContext } from '../../../core/run/context.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import { crsOf } from '../../crs/crs.ts';
import type { Raster } from '../raster.ts';

/**
 * The CRS of features that are made from a raster: that of the raster, or CRS84 where it names none, which the log says.
 *
 * @returns its canonical name
 * @throws InvalidInput where positions in it cannot be computed
 */
export function crsOfRaster({ crs, pointer }: Raster, context: RunContext): string {
  if (crs !== undefined) return crsOf(crs, pointer).name;
  context.warn('The raster names no CRS; its coordinates are taken as CRS84.', { input: pointer });
  return Crs84;
}
