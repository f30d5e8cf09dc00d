import type { Grid } from '../raster/raster.ts';
import type { Interpolate } from './interpolate.ts';
import type { PointTransformer } from './pixel-transformer.ts';
import { type Pixels, pixelAt } from './pixels.ts';
import type { Strip } from './strip.ts';
import type { Cover, Summarise } from './summarise.ts';

/** Tells whole numbers from what rounding made of them. */
const TINY = 1e-10;

/** Puts the value of a pixel of a strip; those that are missing are not put. */
export type Put = (index: number, value: number) => void;

/**
 * Takes or interpolates a value at the centre of each pixel of a strip. As in GDAL the source pixel at that place must be
 * there, and places up to a pixel outside are transformed exactly before they are given up.
 *
 * @param interpolate undefined takes the nearest pixel
 */
export function interpolateStrip(
  pixels: Pixels,
  strip: Strip,
  source: Grid,
  back: PointTransformer,
  interpolate: Interpolate | undefined,
  put: Put,
): void {
  const { columns, rows } = strip.first;
  for (let index = 0; index < columns.length; index++) {
    let x = columns[index]!;
    let y = rows[index]!;
    if (!isInside(x, y, source)) {
      if (!(x > -1 && y > -1 && x < source.width + 1 && y < source.height + 1)) continue;
      const column = strip.column + (index % strip.width);
      const row = strip.row + Math.floor(index / strip.width);
      const point = back(column + 0.5, row + 0.5);
      if (!point || !isInside(point[0], point[1], source)) continue;
      [x, y] = point;
    }
    const column = Math.min(source.width - 1, Math.floor(x + TINY));
    const row = Math.min(source.height - 1, Math.floor(y + TINY));
    const nearest = pixelAt(pixels, column, row);
    if (Number.isNaN(nearest)) continue;
    const value = interpolate ? interpolate(pixels, x, y) : nearest;
    if (!Number.isNaN(value)) put(index, value);
  }
}

const isInside = (x: number, y: number, { width, height }: Grid): boolean =>
  x >= 0 && y >= 0 && x + TINY <= width && y + TINY <= height;

/** Makes one value of all source pixels between the corners of each pixel of a strip. */
export function summariseStrip(
  pixels: Pixels,
  strip: Strip,
  source: Grid,
  margins: readonly [columns: number, rows: number],
  summarise: Summarise,
  put: Put,
): void {
  const { first, second } = strip;
  for (let index = 0; index < first.columns.length; index++) {
    const [x, y] = [first.columns[index]!, first.rows[index]!];
    const [x2, y2] = [second!.columns[index]!, second!.rows[index]!];
    if (!isNear(x, x2, source.width, margins[0]) || !isNear(y, y2, source.height, margins[1])) continue;
    const value = summarise(pixels, coverOf(x, y, x2, y2, source.width), source.width, source.height);
    if (!Number.isNaN(value)) put(index, value);
  }
}

/** False also where a place is NaN. */
const isNear = (first: number, second: number, size: number, margin: number): boolean =>
  Math.min(first, second) >= -margin && Math.max(first, second) <= size + margin;

/** Columns from the right border within which the other corner means that a pixel lies across the antimeridian. */
const BORDER = 2;

function coverOf(x: number, y: number, x2: number, y2: number, width: number): Cover {
  const [top, bottom] = [Math.min(y, y2), Math.max(y, y2)];
  const border = Math.min(BORDER, Math.floor(width / 10));
  if (x2 < x && x2 < border && width - x < border)
    return { left: x, right: x2 + width, top, bottom, wraps: true };
  return { left: Math.min(x, x2), right: Math.max(x, x2), top, bottom, wraps: false };
}
