import type { Interpolate, InterpolateRow } from './interpolate.ts';
import { type Pixels, pixelAt } from './pixels.ts';

/** Linear between the four nearest pixels; missing ones are left out. */
export const bilinear: Interpolate = (pixels, x, y) => {
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  const right = x - 0.5 - column;
  const lower = y - 0.5 - row;
  const inColumn = column - pixels.column;
  const inRow = row - pixels.row;
  if (inColumn >= 0 && inRow >= 0 && inColumn + 1 < pixels.width && inRow + 1 < pixels.height) {
    const { values, width } = pixels;
    const at = inRow * width + inColumn;
    const inside =
      ((values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right) * (1 - lower) +
      ((values[at + width] ?? 0) * (1 - right) + (values[at + width + 1] ?? 0) * right) * lower;
    if (!Number.isNaN(inside)) return inside;
  }
  return bilinearWithMissing(pixels, column, row, right, lower);
};

/** Linear between those of four pixels that are there. */
function bilinearWithMissing(
  pixels: Pixels,
  column: number,
  row: number,
  right: number,
  lower: number,
): number {
  const upperLeft = pixelAt(pixels, column, row);
  const upperRight = pixelAt(pixels, column + 1, row);
  const lowerLeft = pixelAt(pixels, column, row + 1);
  const lowerRight = pixelAt(pixels, column + 1, row + 1);
  let sum = 0;
  let weight = 0;
  const add = (pixel: number, share: number): void => {
    if (Number.isNaN(pixel)) return;
    sum += pixel * share;
    weight += share;
  };
  add(upperLeft, (1 - right) * (1 - lower));
  add(upperRight, right * (1 - lower));
  add(lowerLeft, (1 - right) * lower);
  add(lowerRight, right * lower);
  return weight < 0.00001 ? Number.NaN : sum / weight;
}

/** The same at the places of a row between four pixels that are all there. */
export const bilinearBetween: InterpolateRow = (pixels, { columns, rows }, start, values) => {
  const samples = pixels.values;
  const { column: firstColumn, row: firstRow, width } = pixels;
  const lastColumn = firstColumn + width - 1;
  const lastRow = firstRow + pixels.height - 1;
  let isMissing = false;
  for (let index = 0; index < values.length; index++) {
    const x = (columns[start + index] ?? 0) - 0.5;
    const y = (rows[start + index] ?? 0) - 0.5;
    if (!(x >= firstColumn && x < lastColumn && y >= firstRow && y < lastRow)) {
      values[index] = Number.NaN;
      isMissing = true;
      continue;
    }
    // What is not negative is rounded down by leaving out its fraction.
    const column = x | 0;
    const row = y | 0;
    const right = x - column;
    const lower = y - row;
    const at = (row - firstRow) * width + column - firstColumn;
    const value =
      ((samples[at] ?? 0) * (1 - right) + (samples[at + 1] ?? 0) * right) * (1 - lower) +
      ((samples[at + width] ?? 0) * (1 - right) + (samples[at + width + 1] ?? 0) * right) * lower;
    values[index] = value;
    if (Number.isNaN(value)) isMissing = true;
  }
  return isMissing;
};
