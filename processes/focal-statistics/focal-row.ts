import { type Fold, folds } from './folds.ts';

export type FocalStatistic = 'mean' | 'min' | 'max' | 'median' | 'sum' | 'stddev' | 'range';

/** Rows of pixels, NaN where they are missing. */
export interface Rows {
  readonly values: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** The statistic around each pixel of a row, NaN where the pixel itself is missing. Overwritten by the next call. */
export type FocalRow = (row: number) => Float64Array;

/** @param size odd number of pixels along a side of the square; what lies outside the rows is left out */
export function focalRow(statistic: FocalStatistic, size: number, rows: Rows): FocalRow {
  const compute = statistic === 'median' ? medianRow(size, rows) : foldedRow(folds[statistic], size, rows);
  const { values, width } = rows;
  return (row) => {
    const results = compute(row);
    for (let column = 0; column < width; column++)
      if (Number.isNaN(values[row * width + column] ?? Number.NaN)) results[column] = Number.NaN;
    return results;
  };
}

const halfSize = (size: number): number => (size - 1) / 2;

/** Folds each column of the squares first and then the columns: twice the side of the square, not its area. */
function foldedRow(makeFold: () => Fold, size: number, { values, width, height }: Rows): FocalRow {
  const half = halfSize(size);
  const columns = Array.from({ length: width }, makeFold);
  const square = makeFold();
  const results = new Float64Array(width);
  return (row) => {
    const [first, last] = [Math.max(0, row - half), Math.min(height - 1, row + half)];
    for (let column = 0; column < width; column++) {
      const fold = columns[column];
      if (!fold) continue;
      fold.clear();
      for (let y = first; y <= last; y++) {
        const value = values[y * width + column] ?? Number.NaN;
        if (!Number.isNaN(value)) fold.add(value);
      }
    }
    for (let column = 0; column < width; column++) {
      square.clear();
      const right = Math.min(width - 1, column + half);
      for (let x = Math.max(0, column - half); x <= right; x++) {
        const fold = columns[x];
        if (fold) square.join(fold);
      }
      results[column] = square.result();
    }
    return results;
  };
}

function medianRow(size: number, { values, width, height }: Rows): FocalRow {
  const half = halfSize(size);
  const found = new Float64Array(size * size);
  const results = new Float64Array(width);
  return (row) => {
    const [first, last] = [Math.max(0, row - half), Math.min(height - 1, row + half)];
    for (let column = 0; column < width; column++) {
      let count = 0;
      const right = Math.min(width - 1, column + half);
      for (let y = first; y <= last; y++) {
        for (let x = Math.max(0, column - half); x <= right; x++) {
          const value = values[y * width + x] ?? Number.NaN;
          if (!Number.isNaN(value)) found[count++] = value;
        }
      }
      results[column] = computeMedian(found.subarray(0, count));
    }
    return results;
  };
}

/** Up to so many values insertion is faster than a call of the sort of the engine. */
const FEW = 32;

/** Median of values, which are sorted in place; NaN of none. */
function computeMedian(values: Float64Array): number {
  if (values.length <= FEW) sortFew(values);
  else values.sort();
  const middle = values.length >> 1;
  if (values.length % 2 === 1) return values[middle] ?? Number.NaN;
  return values.length === 0
    ? Number.NaN
    : ((values[middle - 1] ?? Number.NaN) + (values[middle] ?? Number.NaN)) / 2;
}

function sortFew(values: Float64Array): void {
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    let place = index;
    while (place > 0 && (values[place - 1] ?? Number.NaN) > value) {
      values[place] = values[place - 1] ?? Number.NaN;
      place--;
    }
    values[place] = value;
  }
}
