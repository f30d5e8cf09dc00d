import type { Crs } from '../../crs/crs.ts';
import { computePlaneBounds } from '../../crs/plane-bounds.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { affineY, isRotated } from '../grid/affine.ts';
import { gridFromWindow } from '../grid/grid.ts';
import type { Grid } from '../raster.ts';
import { pixelTransformer } from './pixel-transformer.ts';

type Located = Grid & { readonly crs: Crs };

/** Rows and columns between the first and the last that are tried, as many as GDAL has samples at most. */
const STEPS = 100;
/** Halvings of the rows between two that are tried: all digits of a number. */
const HALVINGS = 50;

/** A raster without the rows at its top and bottom that have no place in another CRS. */
export interface Placed {
  readonly grid: Located;
  /** What was left out, in words; undefined where that is nothing. */
  readonly remark?: string;
}

/**
 * The rows of a raster that have a place in a CRS. Where the first or last row has none at all, such as a pole in Mercator,
 * which is infinitely far there, the raster ends where the plane of the CRS does: that of {@link computePlaneBounds}, made
 * square, which for Web Mercator is the square of its tiles, up to 85.05 degrees. GDAL, whose Mercator has a number for the
 * poles, makes such a raster twelve times as high as it is wide. Rasters whose first and last row have a place are as they are, and so
 * are those that go to a geographic CRS, which has all of the globe.
 *
 * @param grid its height may become a fraction
 */
export function placedRows(grid: Located, targetCrs: Crs): Placed {
  if (targetCrs.isGeographic) return { grid };
  const { forward } = pixelTransformer(grid, targetCrs);
  const columns = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * grid.width);
  const hasPlace = (row: number) => columns.some((column) => forward(column, row) !== undefined);
  const lost = { top: !hasPlace(0), bottom: !hasPlace(grid.height) };
  if (!lost.top && !lost.bottom) return { grid };
  const plane = squarePlane(targetCrs);
  if (!plane) return { grid };
  const isPlaced = (row: number) =>
    columns.some((column) => {
      const point = forward(column, row);
      return point !== undefined && isIn(plane, point);
    });
  const rows = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * grid.height);
  const first = lost.top ? findEdge(rows, isPlaced) : 0;
  const last = lost.bottom ? findEdge(rows.toReversed(), isPlaced) : grid.height;
  if (first === undefined || last === undefined || first >= last) return { grid };
  const rowsWithin = { column: 0, row: first, width: grid.width, height: last - first };
  return {
    grid: { ...gridFromWindow(grid, rowsWithin), crs: grid.crs },
    remark: describe(grid, targetCrs, first, last),
  };
}

/** The row from which on there are places, between the first of some rows that has one and the one before it. */
function findEdge(rows: readonly number[], isPlaced: (row: number) => boolean): number | undefined {
  const index = rows.findIndex(isPlaced);
  const [without, within] = [rows[index - 1], rows[index]];
  if (without === undefined || within === undefined) return within;
  let [outside, inside] = [without, within];
  for (let turn = 0; turn < HALVINGS; turn++) {
    const middle = (outside + inside) / 2;
    if (isPlaced(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** The places of a CRS, as far north and south as they go east and west, or the other way round. */
function squarePlane(crs: Crs): Bounds | undefined {
  const bounds = computePlaneBounds(crs);
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const half = Math.max(east - west, north - south) / 2;
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return [x - half, y - half, x + half, y + half];
}

/** Share of the plane that is a rounding error: one side of it is on its edge. */
const ROUNDING = 1e-9;

function isIn([west, south, east, north]: Bounds, [x, y]: readonly [number, number]): boolean {
  const margin = ROUNDING * (east - west);
  return x >= west - margin && x <= east + margin && y >= south - margin && y <= north + margin;
}

function describe(grid: Located, targetCrs: Crs, first: number, last: number): string {
  const away = `cannot be transformed to ${targetCrs.name}, or would lie too far from its centre; they are missing from the result.`;
  const { transform, height, crs } = grid;
  if (!crs.isGeographic || isRotated(transform)) {
    const ends = [
      ...(first > 0 ? [`the first ${Math.ceil(first)}`] : []),
      ...(last < height ? [`the last ${Math.ceil(height - last)}`] : []),
    ];
    return `Rows of the raster (${ends.join(' and ')}) ${away}`;
  }
  const sides = [
    ...(first > 0 ? [affineY(transform, 0, first)] : []),
    ...(last < height ? [affineY(transform, 0, last)] : []),
  ];
  const named = sides.map(
    (latitude) => `${latitude > 0 ? 'north' : 'south'} of ${latitude.toFixed(2)} degrees`,
  );
  return `Rows of the raster ${named.join(' and ')} ${away}`;
}
