import type { Geometry, Position } from 'geojson';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import type { Grid } from '../raster.ts';

/** Nanoseconds that a cut of an edge with a row takes: it is computed and sorted. */
const CUT_NANOSECONDS = 180;
/** More than that is longer than the time of a job may be. */
const MOST_NANOSECONDS = 5e11;

interface BurnCost {
  /** Nanoseconds for each pixel of an area. */
  readonly pixel: number;
  /** JSON pointer of the geometries. */
  readonly pointer: string;
  /** How many times the edges are gone through. */
  readonly rounds?: number;
}

/**
 * Refuses geometries whose pixels take too long to be found, before any is looked for: areas over all of a large grid again and
 * again, or with edges over all of its rows.
 *
 * @param geometries in the CRS of the grid
 * @throws LimitExceeded
 */
export function checkBurnWork(
  geometries: Iterable<Geometry | null>,
  grid: Grid,
  { pixel, pointer, rounds = 1 }: BurnCost,
): void {
  let pixels = 0;
  let cuts = 0;
  for (const geometry of geometries) {
    if (geometry === null) continue;
    const work = countBurnWork(geometry, grid);
    pixels += work.pixels;
    cuts += work.cuts * rounds;
  }
  if (pixels * pixel + cuts * CUT_NANOSECONDS <= MOST_NANOSECONDS) return;
  const most = [MOST_NANOSECONDS / pixel, MOST_NANOSECONDS / CUT_NANOSECONDS].map(Math.floor);
  throw new LimitExceeded(
    pointer,
    `The areas have up to ${pixels} pixels in all, and their edges cross ${cuts} rows; about ${most[0]} pixels or ${most[1]} rows can be computed. Take larger pixels, or the layer in parts.`,
  );
}

/** Pixels in the bounds of the areas of a geometry that lie on a grid, and rows or columns that its edges go through. */
function countBurnWork(geometry: Geometry, grid: Grid): { pixels: number; cuts: number } {
  const inverse = invertAffine(grid.transform);
  const { width, height } = grid;
  const work = { pixels: 0, cuts: 0 };
  const between = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const path = (positions: readonly Position[], isArea: boolean): void => {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    let [column, row] = [Number.NaN, Number.NaN];
    for (const [x = Number.NaN, y = Number.NaN] of positions) {
      const [lastColumn, lastRow] = [column, row];
      column = between(affineX(inverse, x, y), width);
      row = between(affineY(inverse, x, y), height);
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      const across = isArea ? 0 : Math.abs(column - lastColumn);
      work.cuts += Math.max(Math.abs(row - lastRow), across) || 0;
    }
    if (isArea && left <= right)
      work.pixels += (Math.ceil(right) - Math.floor(left)) * (Math.ceil(bottom) - Math.floor(top));
  };
  const visit = (part: Geometry): void => {
    if (part.type === 'GeometryCollection') part.geometries.forEach(visit);
    else if (part.type === 'LineString') path(part.coordinates, false);
    else if (part.type === 'MultiLineString') for (const line of part.coordinates) path(line, false);
    else if (part.type === 'Polygon' || part.type === 'MultiPolygon') {
      const polygons = part.type === 'Polygon' ? [part.coordinates] : part.coordinates;
      for (const rings of polygons) {
        for (const ring of rings) path(ring, true);
      }
    }
  };
  visit(geometry);
  return { pixels: Math.round(work.pixels), cuts: Math.round(work.cuts) };
}
