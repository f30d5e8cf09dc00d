import { FormatError } from '../../../../core/shared/format-error.ts';
import type { Grid } from '../../raster.ts';

/** A place in a raster whose coordinates are known. */
export interface ControlPoint {
  readonly column: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** The points of the tag ModelTiepoint: column, row, level, x, y, z of each. */
export const controlPoints = (values: ArrayLike<number>): ControlPoint[] =>
  Array.from({ length: Math.floor(values.length / 6) }, (_, index) => ({
    column: values[6 * index] ?? Number.NaN,
    row: values[6 * index + 1] ?? Number.NaN,
    x: values[6 * index + 3] ?? Number.NaN,
    y: values[6 * index + 4] ?? Number.NaN,
  }));

/** Pixels by which points may miss their places: GDAL's. */
const TOLERANCE = 0.25;

/**
 * The affine transformation that fits control points best (least squares), as GDAL finds it (GDALGCPsToGeoTransform).
 *
 * @throws FormatError where points are missed by more than a quarter of a pixel: the raster is bent
 */
export function affineOfPoints(points: readonly ControlPoint[]): Grid['transform'] {
  const count = points.length;
  const mean = (value: (point: ControlPoint) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / count;
  // About their centre, so that no digits are lost to large coordinates.
  const centre = {
    column: mean(({ column }) => column),
    row: mean(({ row }) => row),
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
  };
  const sum = (value: (point: ControlPoint) => number) => mean(value) * count;
  const across = ({ column }: ControlPoint) => column - centre.column;
  const down = ({ row }: ControlPoint) => row - centre.row;
  const [cc, cr, rr] = [
    sum((point) => across(point) ** 2),
    sum((point) => across(point) * down(point)),
    sum((point) => down(point) ** 2),
  ];
  const determinant = cc * rr - cr * cr;
  if (!(Math.abs(determinant) > 1e-12 * cc * rr))
    throw new FormatError(
      'its ground control points lie on one line, from which no georeference can be computed',
    );
  const slopes = (value: (point: ControlPoint) => number): readonly [number, number] => {
    const [c, r] = [sum((point) => across(point) * value(point)), sum((point) => down(point) * value(point))];
    return [(c * rr - r * cr) / determinant, (r * cc - c * cr) / determinant];
  };
  const [xColumn, xRow] = slopes(({ x }) => x - centre.x);
  const [yColumn, yRow] = slopes(({ y }) => y - centre.y);
  const transform = [
    centre.x - xColumn * centre.column - xRow * centre.row,
    xColumn,
    xRow,
    centre.y - yColumn * centre.column - yRow * centre.row,
    yColumn,
    yRow,
  ] as const;
  const pixel = Math.min(Math.hypot(xColumn, yColumn), Math.hypot(xRow, yRow));
  for (const { column, row, x, y } of points) {
    const [missedX, missedY] = [
      transform[0] + column * xColumn + row * xRow - x,
      transform[3] + column * yColumn + row * yRow - y,
    ];
    if (!(Math.hypot(missedX, missedY) <= TOLERANCE * pixel))
      throw new FormatError(
        'its ground control points do not fit an affine transformation to within a quarter of a pixel; warp it first, for example with gdalwarp',
      );
  }
  return transform;
}
