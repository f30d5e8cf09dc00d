import type { Grid, Window } from '../raster/raster.ts';
import { approximateLine, type Line } from './approximate-line.ts';
import type { PointTransformer } from './pixel-transformer.ts';

/** Where the pixels of a part of the target lie in the source; one or two places per pixel. */
export interface Strip extends Window {
  /** Centre of each pixel, or its upper left corner; NaN where there is no place. */
  readonly first: Line;
  /** The lower right corner of each pixel, where corners are asked for. */
  readonly second: Line | undefined;
}

/**
 * Places of the pixels of a part of the target.
 *
 * @param back from pixels of the target to pixels of the source
 * @param corners the upper left and lower right corners instead of the centres
 */
export function placesOf(back: PointTransformer, part: Window, corners: boolean): Strip {
  const { column, row, width, height } = part;
  const lines = (offset: number): Line => {
    const all = linesOf(width * height);
    for (let index = 0; index < height; index++) {
      const [from, to] = [index * width, (index + 1) * width];
      const line = { columns: all.columns.subarray(from, to), rows: all.rows.subarray(from, to) };
      approximateLine(back, column + offset, row + index + offset, line);
    }
    return all;
  };
  return corners
    ? { ...part, first: lines(0), second: lines(1) }
    : { ...part, first: lines(0.5), second: undefined };
}

const linesOf = (length: number): Line => ({
  columns: new Float64Array(length),
  rows: new Float64Array(length),
});

/**
 * The part of the source that a strip needs, grown by what the kernel looks at; undefined where it lies outside.
 *
 * @param reach columns and rows around a place
 */
export function windowOfStrip(
  { first, second }: Strip,
  { width, height }: Grid,
  reach: readonly [columns: number, rows: number],
): Window | undefined {
  let [left, right] = [Infinity, -Infinity];
  let [top, bottom] = [Infinity, -Infinity];
  for (const { columns, rows } of second ? [first, second] : [first]) {
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]!;
      const row = rows[index]!;
      // Places just outside may be inside when they are transformed exactly.
      if (!(column >= -reach[0] && column <= width + reach[0])) continue;
      if (!(row >= -reach[1] && row <= height + reach[1])) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      if (row > bottom) bottom = row;
    }
  }
  const column = Math.max(0, Math.floor(left) - reach[0]);
  const row = Math.max(0, Math.floor(top) - reach[1]);
  const columns = Math.min(width, Math.ceil(right) + reach[0]) - column;
  const rows = Math.min(height, Math.ceil(bottom) + reach[1]) - row;
  return columns > 0 && rows > 0 ? { column, row, width: columns, height: rows } : undefined;
}
