import type { Bounds } from '../geometry/bounds.ts';
import type { Vertex } from './convex.ts';

export interface GridCell {
  /** Counted from the south. */
  readonly row: number;
  /** Counted from the west. */
  readonly column: number;
  /** Counter-clockwise, without repeating the first vertex. */
  readonly vertices: readonly Vertex[];
}

/** The cells of a grid, counted before any is made. */
export interface CellGrid {
  readonly count: number;
  /** From the south, row by row from the west. Neighbours share the very same vertices. */
  readonly cells: Iterable<GridCell>;
}

/** Share of a cell by which an extent may be wider than whole cells without getting another. */
const TOLERANCE = 1e-9;

/** How many steps of 1 reach a length. */
const steps = (length: number): number => Math.max(0, Math.ceil(length - TOLERANCE));

/** Squares from the south-western corner of the bounds, as many as cover them. */
export function squareGrid([xmin, ymin, xmax, ymax]: Bounds, size: number): CellGrid {
  const along = (length: number) => Math.max(1, steps(length / size));
  const [columns, rows] = [along(xmax - xmin), along(ymax - ymin)];
  const corner = (column: number, row: number): Vertex => [xmin + column * size, ymin + row * size];
  function* cells(): Generator<GridCell> {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [east, north] = [column + 1, row + 1];
        const vertices = [corner(column, row), corner(east, row), corner(east, north), corner(column, north)];
        yield { row, column, vertices };
      }
    }
  }
  return { count: columns * rows, cells: cells() };
}

/**
 * Hexagons with horizontal sides in the north and south, `size` apart. The first centre lies in the south-western
 * corner of the bounds, columns are one and a half sides apart, odd ones half a cell to the north. Those of which
 * some of the inside lies within the bounds.
 */
export function hexagonGrid([xmin, ymin, xmax, ymax]: Bounds, size: number): CellGrid {
  const side = size / Math.sqrt(3);
  const width = (xmax - xmin) / side;
  const height = (ymax - ymin) / size;
  // In sides, the column c reaches from 1.5 c - 1 to 1.5 c + 1, and is as high as a cell from 1.5 c - 0.5 on.
  const columns = steps((width + 1) / 1.5);
  const high = Math.min(columns, Math.floor((width + 0.5) / 1.5) + 1);
  // A column that only reaches in with its western tips has fewer: there a cell is as high as the tip is long.
  const countRows = (column: number): number =>
    steps(height + Math.min(0.5, width - 1.5 * column + 1) - (column % 2) / 2);
  const count =
    Math.ceil(high / 2) * countRows(0) +
    Math.floor(high / 2) * countRows(1) +
    (columns > high ? countRows(high) : 0);
  // All vertices lie on a lattice of half a side by half a cell.
  const corner = (x: number, y: number): Vertex => [xmin + (x * side) / 2, ymin + (y * size) / 2];
  function* cells(): Generator<GridCell> {
    for (let row = 0; row < Math.max(countRows(0), countRows(1)); row++) {
      for (let column = 0; column < columns; column++) {
        if (row >= countRows(column)) continue;
        const [x, y] = [3 * column, 2 * row + (column % 2)];
        const vertices = [
          corner(x + 2, y),
          corner(x + 1, y + 1),
          corner(x - 1, y + 1),
          corner(x - 2, y),
          corner(x - 1, y - 1),
          corner(x + 1, y - 1),
        ];
        yield { row, column, vertices };
      }
    }
  }
  return { count, cells: cells() };
}
