import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { requireComputable } from '../../geo/crs/find-crs.ts';
import { computeBounds, type Layer } from '../../geo/layer/layer.ts';
import { windowFromBounds } from '../../geo/raster/grid/grid.ts';
import { operandOnGrid } from '../../geo/raster/grid/operand-on-grid.ts';
import type { Grid, Raster, Window } from '../../geo/raster/raster.ts';

/** Zones in the CRS of a raster. */
export function zonesOnRaster(
  layer: Layer,
  raster: Grid & Pick<Raster, 'pointer'>,
  context: RunContext,
): Promise<Layer> {
  const { crs, pointer } = raster;
  if (crs !== undefined)
    return operandOnGrid(layer, { ...raster, crs: requireComputable(crs, pointer) }, context);
  context.warn('The raster has no CRS; the zones are assumed to be in the same one.', { input: pointer });
  return operandOnGrid(layer, { ...raster, crs: layer.crs }, context);
}

/** The pixels around a zone, with those beside them. */
export const findZoneWindow = (geometry: Geometry | null, raster: Grid): Window | undefined => {
  const bounds = computeBounds([geometry]);
  return bounds && windowFromBounds(raster, bounds, 1);
};

/** A window with as many pixels as all zones need, each of the raster counted once. */
export function mergeWindows(windows: readonly (Window | undefined)[]): Window {
  const given = windows.filter((window) => window !== undefined);
  if (given.length === 0) return { column: 0, row: 0, width: 0, height: 0 };
  const column = least(given.map((window) => window.column));
  const row = least(given.map((window) => window.row));
  const width = greatest(given.map((window) => window.column + window.width)) - column;
  const height = greatest(given.map((window) => window.row + window.height)) - row;
  const pixels = given.reduce((sum, window) => sum + window.width * window.height, 0);
  // Zones that lie far from each other need less than what is around them.
  return pixels < width * height ? { column, row, width: pixels, height: 1 } : { column, row, width, height };
}
