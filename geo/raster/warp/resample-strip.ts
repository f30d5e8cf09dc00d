import type { Grid } from '../raster.ts';
import type { Interpolation } from './interpolate.ts';
import type { PointTransformer } from './pixel-transformer.ts';
import { type Pixels, pixelAt } from './pixels.ts';
import type { Strip } from './strip.ts';
import type { Cover, Summarise } from './summarise.ts';

/** Tells whole numbers from what rounding made of them. */
const TINY = 1e-10;

/** Puts the values of a row of a strip; those that are NaN are missing, and not put. */
export type PutRow = (row: number, values: Float64Array) => void;

/**
 * Takes or interpolates a value at the centre of each pixel of a strip. As in GDAL the source pixel at that place must be
 * there, and places up to a pixel outside are transformed exactly before they are given up.
 *
 * @param interpolation undefined takes the nearest pixel
 */
export function interpolateStrip(
  pixels: Pixels,
  strip: Strip,
  source: Grid,
  back: PointTransformer,
  interpolation: Interpolation | undefined,
  put: PutRow,
): void {
  const { width, height } = strip;
  const { columns, rows } = strip.first;
  const { at, along } = interpolation ?? {};
  const valueAt = (column: number, row: number): number => {
    let x = columns[row * width + column] ?? 0;
    let y = rows[row * width + column] ?? 0;
    if (!isInside(x, y, source)) {
      if (!(x > -1 && y > -1 && x < source.width + 1 && y < source.height + 1)) return Number.NaN;
      const point = back(strip.column + column + 0.5, strip.row + row + 0.5);
      if (!point || !isInside(point[0], point[1], source)) return Number.NaN;
      [x, y] = point;
    }
    const nearest = sampleNearest(pixels, x, y, source);
    return at && !Number.isNaN(nearest) ? at(pixels, x, y) : nearest;
  };
  const values = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    const isDone = along && !along(pixels, strip.first, row * width, values);
    if (!along) values.fill(Number.NaN);
    for (let column = 0; !isDone && column < width; column++)
      if (Number.isNaN(values[column])) values[column] = valueAt(column, row);
    put(row, values);
  }
}

function sampleNearest(pixels: Pixels, x: number, y: number, { width, height }: Grid): number {
  const column = Math.min(width - 1, Math.floor(x + TINY));
  const row = Math.min(height - 1, Math.floor(y + TINY));
  return pixelAt(pixels, column, row);
}

const isInside = (x: number, y: number, { width, height }: Grid): boolean =>
  x >= 0 && y >= 0 && x + TINY <= width && y + TINY <= height;

/** Makes one value of all source pixels between the corners of each pixel of a strip. @throws Error */
export function summariseStrip(
  pixels: Pixels,
  strip: Strip,
  source: Grid,
  margins: readonly [columns: number, rows: number],
  summarise: Summarise,
  put: PutRow,
): void {
  const { first, second, width, height } = strip;
  if (!second) throw new Error('The strip was made without the lower right corners of its pixels.');
  const values = new Float64Array(width);
  const valueAt = (index: number): number => {
    const [x, y] = [first.columns[index] ?? 0, first.rows[index] ?? 0];
    const [x2, y2] = [second.columns[index] ?? 0, second.rows[index] ?? 0];
    return isNear(x, x2, source.width, margins[0]) && isNear(y, y2, source.height, margins[1])
      ? summarise(pixels, computeCover(x, y, x2, y2, source.width), source.width, source.height)
      : Number.NaN;
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) values[column] = valueAt(row * width + column);
    put(row, values);
  }
}

/** False also where a place is NaN. */
const isNear = (first: number, second: number, size: number, margin: number): boolean =>
  Math.min(first, second) >= -margin && Math.max(first, second) <= size + margin;

/** Columns from the right border within which the other corner means that a pixel lies across the antimeridian. */
const BORDER = 2;

function computeCover(x: number, y: number, x2: number, y2: number, width: number): Cover {
  const [top, bottom] = [Math.min(y, y2), Math.max(y, y2)];
  const border = Math.min(BORDER, Math.floor(width / 10));
  if (x2 < x && x2 < border && width - x < border)
    return { left: x, right: x2 + width, top, bottom, wraps: true };
  return { left: Math.min(x, x2), right: Math.max(x, x2), top, bottom, wraps: false };
}
