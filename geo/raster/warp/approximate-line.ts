import type { PointTransformer } from './pixel-transformer.ts';

/** Greatest error of the approximation in pixels of the source, along both axes together: GDAL's. */
const TOLERANCE = 0.125;
/** Fewer points than this are not worth an approximation. */
const FEW = 5;

/** Places in the source raster of points in a line; NaN where there is none. */
export interface Line {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

/**
 * Transforms the points of a line, one pixel apart. Where a straight line between exact ends meets the exact middle
 * within an eighth of a pixel, what lies between is interpolated, else each half is treated likewise. Where the line is
 * divided is GDAL's choice (GDALApproxTransform), because neighbouring results depend on it.
 *
 * @param exact transformer from pixels of the target to pixels of the source
 * @param start column of the first point; the line runs along a row
 */
export function approximateLine(exact: PointTransformer, start: number, row: number, line: Line): void {
  const { columns, rows } = line;
  const count = columns.length;
  type Point = readonly [number, number];
  const at = (index: number): Point | undefined => exact(start + index, row);
  const put = (index: number, point: Point | undefined): void => {
    columns[index] = point ? point[0] : Number.NaN;
    rows[index] = point ? point[1] : Number.NaN;
  };
  const putExactly = (from: number, to: number): void => {
    for (let index = from; index < to; index++) put(index, at(index));
  };

  const fill = (from: number, length: number, first: Point, middle: Point, last: Point): void => {
    const half = (length - 1) >> 1;
    const [x0, y0] = first;
    const stepX = (last[0] - x0) / (length - 1);
    const stepY = (last[1] - y0) / (length - 1);
    const error = Math.abs(x0 + stepX * half - middle[0]) + Math.abs(y0 + stepY * half - middle[1]);
    if (error <= TOLERANCE) {
      for (let index = 0; index < length; index++) {
        columns[from + index] = x0 + stepX * index;
        rows[from + index] = y0 + stepY * index;
      }
      return;
    }
    const left = half > FEW ? { middle: at(from + ((half - 1) >> 1)), last: at(from + half - 1) } : undefined;
    const right = length - half > FEW ? at(from + half + ((length - half - 1) >> 1)) : undefined;
    const failed = (left && !(left.middle && left.last)) || (length - half > FEW && !right);
    put(from, first);
    put(from + half, middle);
    put(from + length - 1, last);
    if (left?.middle && left.last && !failed) fill(from, half, first, left.middle, left.last);
    else putExactly(from + 1, from + half);
    if (right && !failed) fill(from + half, length - half, middle, right, last);
    else putExactly(from + half + 1, from + length - 1);
  };

  const [first, middle, last] = count > FEW ? [at(0), at((count - 1) >> 1), at(count - 1)] : [];
  if (first && middle && last) fill(0, count, first, middle, last);
  else putExactly(0, count);
}
