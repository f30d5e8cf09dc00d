import type { Grid } from '../raster.ts';

/** GDAL's geotransform, or its inverse: [x0, x per column, x per row, y0, y per column, y per row]. */
export type Affine = Grid['transform'];

/** x of a place in columns and rows, in units of the CRS; whole numbers are corners of pixels, halves their centres. */
export const affineX = (affine: Affine, column: number, row: number): number =>
  affine[0] + column * affine[1] + row * affine[2];

/** y of a place in columns and rows, in units of the CRS; whole numbers are corners of pixels, halves their centres. */
export const affineY = (affine: Affine, column: number, row: number): number =>
  affine[3] + column * affine[4] + row * affine[5];

/** Whether rows or columns do not run along the axes of the CRS. */
export const isRotated = (affine: Affine): boolean => affine[2] !== 0 || affine[4] !== 0;

/**
 * From coordinates back to columns and rows. Without rotation each axis is inverted by itself, which loses no digits to
 * a determinant.
 */
export function invertAffine(affine: Affine): Affine {
  const [x, xColumn, xRow, y, yColumn, yRow] = affine;
  if (!isRotated(affine)) return [-x / xColumn, 1 / xColumn, 0, -y / yRow, 0, 1 / yRow];
  // Multiplied by the reciprocal, as GDAL does: what lies exactly on borders of pixels stays there.
  const reciprocal = 1 / (xColumn * yRow - xRow * yColumn);
  return [
    (xRow * y - x * yRow) * reciprocal,
    yRow * reciprocal,
    -xRow * reciprocal,
    (x * yColumn - xColumn * y) * reciprocal,
    -yColumn * reciprocal,
    xColumn * reciprocal,
  ];
}
