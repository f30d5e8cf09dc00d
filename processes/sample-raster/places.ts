import type { RunContext } from '../../core/run/context.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Layer } from '../../geo/layer/layer.ts';
import { affineX, affineY, invertAffine } from '../../geo/raster/grid/affine.ts';
import type { LocatedGrid } from '../../geo/raster/grid/longitudes.ts';
import { operandOnGrid } from '../../geo/raster/grid/operand-on-grid.ts';
import type { Grid, Window } from '../../geo/raster/raster.ts';

/** A place in a raster, in columns and rows from its upper left corner. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Side of the squares of pixels that are read together. */
const SQUARE = 256;

/** Where the points of a layer lie in a raster; undefined for features that lie nowhere. */
export async function findPlaces(
  layer: Layer,
  grid: LocatedGrid,
  context: RunContext,
): Promise<(Place | undefined)[]> {
  const moved = await operandOnGrid(layer, grid, context);
  const inverse = invertAffine(grid.transform);
  return moved.features.map(({ geometry }): Place | undefined => {
    if (geometry?.type !== 'Point' || geometry.coordinates.length === 0) return undefined;
    const [x = 0, y = 0] = geometry.coordinates;
    return { column: affineX(inverse, x, y), row: affineY(inverse, x, y) };
  });
}

/** Refuses lines and polygons. @throws InvalidInput */
export function checkPoints({ features, geometryPointer }: Layer): void {
  const index = features.findIndex(({ geometry }) => geometry !== null && geometry.type !== 'Point');
  if (index >= 0)
    throw new InvalidInput(
      geometryPointer(index),
      `is a ${features[index]?.geometry?.type}; points are needed.`,
    );
}

/** Places that are read together, by their numbers, and the pixels around them; none for those outside. */
export interface Group {
  readonly indices: readonly number[];
  readonly window: Window | undefined;
}

/**
 * Places square by square, as a raster is read: of each square only the rectangle around its places.
 *
 * @param neighbours whether the pixels beside them are needed too
 */
export function groupPlaces(
  grid: Grid,
  places: readonly (Place | undefined)[],
  neighbours: boolean,
): Group[] {
  const squares = Map.groupBy(places.keys(), (index) => findSquare(grid, places[index]));
  return [...squares].map(([square, indices]) => {
    const there = indices.flatMap((index) => places[index] ?? []);
    return { indices, window: square === undefined ? undefined : findWindow(grid, there, neighbours) };
  });
}

function findSquare({ width, height }: Grid, place: Place | undefined): string | undefined {
  if (!place) return undefined;
  const { column, row } = place;
  if (!(column >= 0 && row >= 0 && column < width && row < height)) return undefined;
  return `${Math.floor(column / SQUARE)} ${Math.floor(row / SQUARE)}`;
}

/** The rectangle around places within the raster, grown by a pixel where neighbours are needed. */
function findWindow({ width, height }: Grid, places: readonly Place[], neighbours: boolean): Window {
  const margin = neighbours ? 1 : 0;
  const columns = places.map(({ column }) => Math.floor(column));
  const rows = places.map(({ row }) => Math.floor(row));
  const column = Math.max(0, least(columns) - margin);
  const row = Math.max(0, least(rows) - margin);
  return {
    column,
    row,
    width: Math.min(width, greatest(columns) + margin + 1) - column,
    height: Math.min(height, greatest(rows) + margin + 1) - row,
  };
}
