import type { Geometry, Position } from 'geojson';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import type { Grid, Mask, Window } from '../raster.ts';
import { fillPolygon } from './fill-polygon.ts';
import { drawLine, drawTouched } from './lines.ts';
import { clockwise } from './orientation.ts';

/** Takes the pixels of a row from column `from` up to, but without, `to`; the same pixel may come several times. */
export type Burn = (row: number, from: number, to: number) => void;

/** A line or ring in columns and rows of a grid, from the outer corner of the first pixel. */
export interface Path {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

/**
 * The pixels of a grid that a geometry covers, by the rules of GDAL 3.10 (`GDALRasterizeGeometries`): areas have the pixels
 * whose centres they hold, lines those of Bresenham's algorithm, points those that hold them.
 *
 * @param geometry in the CRS of the grid
 * @param allTouched every pixel that an area or line touches
 */
export function burnGeometry(geometry: Geometry, grid: Grid, allTouched: boolean, burn: Burn): void {
  const inverse = invertAffine(grid.transform);
  const toPath = (positions: readonly Position[]): Path => {
    const columns = new Float64Array(positions.length);
    const rows = new Float64Array(positions.length);
    for (let index = 0; index < positions.length; index++) {
      const x = positions[index]?.[0] ?? Number.NaN;
      const y = positions[index]?.[1] ?? Number.NaN;
      columns[index] = affineX(inverse, x, y);
      rows[index] = affineY(inverse, x, y);
    }
    return { columns, rows };
  };
  const area = (rings: readonly (readonly Position[])[]): void => {
    const paths = rings.filter(({ length }) => length > 0).map((ring) => toPath(clockwise(ring)));
    if (allTouched) for (const path of paths) drawTouched(path, grid, true, burn);
    fillPolygon(paths, grid, burn);
  };
  const line = (positions: readonly Position[]): void => {
    const path = toPath(positions.toReversed());
    if (allTouched) drawTouched(path, grid, false, burn);
    else drawLine(path, grid, burn);
  };
  const point = ([x, y]: Position): void => {
    if (x === undefined || y === undefined) return;
    const column = Math.floor(affineX(inverse, x, y));
    const row = Math.floor(affineY(inverse, x, y));
    if (column >= 0 && column < grid.width && row >= 0 && row < grid.height) burn(row, column, column + 1);
  };
  const visit = (part: Geometry): void => {
    switch (part.type) {
      case 'Point':
        point(part.coordinates);
        break;
      case 'MultiPoint':
        for (const member of part.coordinates) point(member);
        break;
      case 'LineString':
        line(part.coordinates);
        break;
      case 'MultiLineString':
        for (const member of part.coordinates) line(member);
        break;
      case 'Polygon':
        area(part.coordinates);
        break;
      case 'MultiPolygon':
        for (const member of part.coordinates) area(member);
        break;
      case 'GeometryCollection':
        for (const member of part.geometries) visit(member);
        break;
    }
  };
  visit(geometry);
}

/** 1 for each pixel of a window that a geometry covers, else 0, row by row; see `burnGeometry`. */
export function burnMask(geometry: Geometry, grid: Grid, window: Window, allTouched: boolean): Mask {
  const mask = new Uint8Array(window.width * window.height);
  burnInto(mask, geometry, grid, window, allTouched);
  return mask;
}

/** The same into the mask of a window that is there already. */
export function burnInto(
  mask: Mask,
  geometry: Geometry,
  grid: Grid,
  { column, row: top, width, height }: Window,
  allTouched: boolean,
): void {
  burnGeometry(geometry, grid, allTouched, (row, from, to) => {
    if (row < top || row >= top + height) return;
    const start = (row - top) * width - column;
    mask.fill(1, start + Math.max(from, column), start + Math.max(column, Math.min(to, column + width)));
  });
}
