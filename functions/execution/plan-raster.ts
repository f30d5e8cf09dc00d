import type { PlannedRaster } from '../../core/execution/plan.ts';
import type { Input } from '../../core/processes/declaration.ts';
import type { BoundingBox } from '../../core/run/bounding-box.ts';
import type { Source } from '../../core/run/context.ts';
import { FormatError } from '../../core/shared/format-error.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { requireComputable } from '../../geo/crs/find-crs.ts';
import { readGrid } from '../../geo/raster/formats/tiff/read-grid.ts';
import type { Grid } from '../../geo/raster/raster.ts';
import { sizeInExtent } from '../../processes/clip-raster/part-from-extent.ts';

type Inputs = Readonly<Record<string, unknown>>;

/**
 * What the header of a raster says, and how much of it a run would read. Undefined for files that are no GeoTIFF, and for those of
 * which the run has to tell what is wrong with them.
 *
 * @throws InvalidInput for an extent that the raster has no part in
 */
export async function planRaster(
  { reads }: Pick<Input, 'reads'>,
  source: Source,
  inputs: Inputs,
): Promise<PlannedRaster | undefined> {
  const grid = await readGrid(source).catch((error: unknown) => {
    if (error instanceof FormatError) return undefined;
    throw error;
  });
  if (!grid) return undefined;
  const { width, height, bandCount: bands } = grid;
  const { pointer } = source;
  const window = findWindow(reads, grid, inputs, pointer);
  return { pointer, width, height, bands, ...(window && { window }) };
}

function findWindow(
  reads: Input['reads'],
  grid: Grid,
  { extent, features, crop }: Inputs,
  pointer: string,
): PlannedRaster['window'] {
  if (reads === 'grid') return { width: 0, height: 0 };
  if (reads !== 'part') return { width: grid.width, height: grid.height };
  if (extent === undefined || features !== undefined) return undefined;
  const crs = grid.crs ? requireComputable(grid.crs, pointer) : crs84;
  const { width, height } = sizeInExtent(grid, crs, extent as BoundingBox, crop !== false);
  return { width, height };
}
