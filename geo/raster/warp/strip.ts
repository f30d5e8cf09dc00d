import type { Grid, Window } from '../raster.ts';
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
 * Finds the places of the pixels of parts of the target. Those of one part are in the memory of the part before, as
 * new memory for each would cost more than what is put there.
 *
 * @param back from pixels of the target to pixels of the source
 * @param pixels of the largest part
 * @param corners the upper left and lower right corners instead of the centres
 */
export function placesFinder(
  back: PointTransformer,
  pixels: number,
  corners: boolean,
): (part: Window) => Strip {
  const first = makeLine(pixels);
  const second = corners ? makeLine(pixels) : undefined;
  const fill = (lines: Line, { column, row, width, height }: Window, offset: number): Line => {
    for (let index = 0; index < height; index++)
      approximateLine(
        back,
        column + offset,
        row + index + offset,
        sliceLine(lines, index * width, (index + 1) * width),
      );
    return sliceLine(lines, 0, width * height);
  };
  return (part) => ({
    ...part,
    first: fill(first, part, corners ? 0 : 0.5),
    second: second && fill(second, part, 1),
  });
}

const makeLine = (length: number): Line => ({
  columns: new Float64Array(length),
  rows: new Float64Array(length),
});

const sliceLine = ({ columns, rows }: Line, from: number, to: number): Line => ({
  columns: columns.subarray(from, to),
  rows: rows.subarray(from, to),
});

/**
 * The part of the source that a strip needs, grown by what the kernel looks at; undefined where it lies outside.
 *
 * @param reach columns and rows around a place
 */
export function findStripWindow(
  { first, second }: Strip,
  { width, height }: Grid,
  reach: readonly [columns: number, rows: number],
): Window | undefined {
  let [left, right] = [Infinity, -Infinity];
  let [top, bottom] = [Infinity, -Infinity];
  for (const { columns, rows } of second ? [first, second] : [first]) {
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] ?? 0;
      const row = rows[index] ?? 0;
      // Most lie between those before.
      if (column >= left && column <= right && row >= top && row <= bottom) continue;
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
