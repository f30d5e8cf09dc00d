/** Moves positions: x and y of each in turn. */
export type Move = (positions: number[]) => number[];

/** Pixels of the picture between two positions that are computed; those between lie on straight lines. */
export const STEP = 16;

/** Where pixels of a picture lie in a raster, as parts of its width and height, at the corners of squares. */
export interface SourceGrid {
  readonly columns: number;
  readonly rows: number;
  /** From the left edge, 0, to the right one, 1; NaN where the CRS of the raster has no such place. */
  readonly across: Float64Array;
  /** From the top edge, 0, to the bottom one, 1. */
  readonly down: Float64Array;
}

type Extent = readonly number[];

/**
 * Computes where a picture lies in a raster.
 *
 * @param picture its edges in the units of the map: west, south, east, north.
 * @param move from the map's CRS to the raster's.
 */
export function makeGrid(
  picture: Extent,
  [width, height]: readonly [number, number],
  raster: Extent,
  move: Move,
): SourceGrid {
  const [columns, rows] = [Math.ceil(width / STEP) + 1, Math.ceil(height / STEP) + 1];
  const [west = 0, south = 0, east = 0, north = 0] = picture;
  const positions: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      positions.push(
        west + ((east - west) * column * STEP) / width,
        north - ((north - south) * row * STEP) / height,
      );
  const moved = move(positions);
  const [left = 0, bottom = 0, right = 0, top = 0] = raster;
  const count = columns * rows;
  return {
    columns,
    rows,
    across: Float64Array.from({ length: count }, (_, i) => part(moved[2 * i], left, right)),
    down: Float64Array.from({ length: count }, (_, i) => part(moved[2 * i + 1], top, bottom)),
  };
}

const part = (value = Number.NaN, from: number, to: number): number =>
  Number.isFinite(value) ? (value - from) / (to - from) : Number.NaN;

/** The part of the raster that a picture shows, and how much of it a pixel covers; undefined where they do not meet. */
export function findShown({
  columns,
  rows,
  across,
  down,
}: SourceGrid):
  | { readonly window: Extent; readonly pixel: readonly [across: number, down: number] }
  | undefined {
  let [left, top, right, bottom] = [1, 1, 0, 0];
  let [width, height] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corner = row * columns + column;
      const corners = [corner, corner + 1, corner + columns, corner + columns + 1];
      const [u0, u1] = span(across, corners);
      const [v0, v1] = span(down, corners);
      if (!(u0 < 1 && u1 > 0 && v0 < 1 && v1 > 0)) continue;
      [left, right] = [Math.min(left, u0), Math.max(right, u1)];
      [top, bottom] = [Math.min(top, v0), Math.max(bottom, v1)];
      [width, height] = [Math.min(width, (u1 - u0) / STEP), Math.min(height, (v1 - v0) / STEP)];
    }
  }
  if (left >= right || top >= bottom) return undefined;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return { window: [clip(left), clip(top), clip(right), clip(bottom)], pixel: [width, height] };
}

/** The least and the greatest of some values; not a number where one is not. */
function span(values: Float64Array, places: readonly number[]): [from: number, to: number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    from = Math.min(from, values[place] ?? Number.NaN);
    to = Math.max(to, values[place] ?? Number.NaN);
  }
  return [from, to];
}
