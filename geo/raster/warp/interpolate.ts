import type { Line } from './approximate-line.ts';
import { bilinear, bilinearBetween } from './bilinear.ts';
import { type FilterName, filters, lanczos } from './filters.ts';
import { type Pixels, pixelAt } from './pixels.ts';
import type { Scale } from './source-window.ts';

/** Value at a place of the source, in columns and rows from its upper left corner; NaN where there is none. */
export type Interpolate = (pixels: Pixels, x: number, y: number) => number;

/**
 * Values at the places of a row of the target whose pixels are all there, as `Interpolate` has them; NaN at others.
 *
 * @param start where the row begins among the places
 * @param values as many as the row has places
 * @returns whether some are NaN
 */
export type InterpolateRow = (pixels: Pixels, places: Line, start: number, values: Float64Array) => boolean;

export interface Interpolation {
  readonly at: Interpolate;
  /** Does most of a row at once, where that is faster. */
  readonly along?: InterpolateRow;
}

/** From this scale on the target is as fine as the source, and pixels are interpolated between few neighbours. */
const FINE = 0.95;

/**
 * Interpolation as GDAL's warper does it: among neighbours where the target is as fine as the source, else with a kernel
 * that is stretched over all pixels that a pixel of the target covers. Missing pixels are left out and the rest weighs more.
 */
export function makeInterpolation(name: FilterName, scale: Scale): Interpolation {
  const fine = scale.x >= FINE && scale.y >= FINE;
  if (name === 'bilinear' && fine) return { at: bilinear, along: bilinearBetween };
  if (name === 'cubic' && fine) return { at: cubic };
  return { at: name === 'lanczos' ? stretchedLanczos(scale) : stretched(name, scale) };
}

/** Farthest pixels, in columns and rows, that an interpolation looks at. */
export const findFilterReach = (
  name: FilterName,
  { x, y }: Scale,
): readonly [columns: number, rows: number] => [
  scaleRadius(filters[name].radius, x) + 1,
  scaleRadius(filters[name].radius, y) + 1,
];

const scaleRadius = (radius: number, scale: number): number =>
  scale < 1 ? Math.ceil(radius / scale) : radius;

/** Cubic convolution of sixteen pixels; linear where one of them is missing or outside. */
const cubic: Interpolate = (pixels, x, y) => {
  const left = Math.floor(x - 0.5) - 1;
  const top = Math.floor(y - 0.5) - 1;
  const across = cubicWeights(x - 1.5 - left);
  const down = cubicWeights(y - 1.5 - top);
  let value = 0;
  for (let j = 0; j < 4; j++) {
    let sum = 0;
    for (let i = 0; i < 4; i++) sum += (across[i] ?? 0) * pixelAt(pixels, left + i, top + j);
    value += (down[j] ?? 0) * sum;
  }
  return Number.isNaN(value) ? bilinear(pixels, x, y) : value;
};

const cubicWeights = (offset: number): readonly number[] => {
  const half = offset / 2;
  return [
    half * (-1 + offset * (2 - offset)),
    1 + half * offset * (-5 + 3 * offset),
    half * (1 + offset * (4 - 3 * offset)),
    half * offset * (-1 + offset),
  ];
};

/** A kernel over all pixels within its radius, which grows as the target gets coarser. */
function stretched(name: FilterName, scale: Scale): Interpolate {
  const { radius, weight } = filters[name];
  const factorX = Math.min(scale.x, 1);
  const factorY = Math.min(scale.y, 1);
  const [radiusX, radiusY] = [scaleRadius(radius, scale.x), scaleRadius(radius, scale.y)];
  const across = new Float64Array(2 * radiusX);
  return (pixels, x, y) => {
    const left = Math.floor(x - 0.5) + 1 - radiusX;
    const top = Math.floor(y - 0.5) + 1 - radiusY;
    for (let i = 0; i < across.length; i++) across[i] = weight((left + i + 0.5 - x) * factorX);
    const sum = newSum();
    for (let j = 0; j < 2 * radiusY; j++)
      addRow(sum, pixels, left, top + j, across, weight((top + j + 0.5 - y) * factorY));
    return sum.weight < 0.000001 ? Number.NaN : sum.value / sum.weight;
  };
}

/** Lanczos as GDAL has it: there is no value where less than half of the pixels are there. */
function stretchedLanczos(scale: Scale): Interpolate {
  const [radiusX, radiusY] = [scaleRadius(3, scale.x), scaleRadius(3, scale.y)];
  const across = new Float64Array(2 * radiusX + 1);
  return (pixels, x, y) => {
    const column = Math.floor(x - 0.5);
    const row = Math.floor(y - 0.5);
    const distanceX = (step: number) => (column + step + 0.5 - x) * Math.min(1, scale.x);
    const distanceY = (step: number) => (row + step + 0.5 - y) * Math.min(1, scale.y);
    // Pixels beyond the kernel are no part of those that should be there.
    let first = -radiusX;
    let last = radiusX;
    while (distanceX(first) < -3) first++;
    while (distanceX(last) > 3) last--;
    for (let i = first; i <= last; i++) across[i - first] = lanczos(distanceX(i));
    const weights = across.subarray(0, last - first + 1);
    const sum = newSum();
    for (let j = -radiusY; j <= radiusY; j++) {
      const distance = distanceY(j);
      if (Math.abs(distance) <= 3) addRow(sum, pixels, column + first, row + j, weights, lanczos(distance));
    }
    const half = Math.floor(sum.places / 2);
    return sum.weight < 0.000001 || sum.count < half ? Number.NaN : sum.value / sum.weight;
  };
}

interface Sum {
  value: number;
  weight: number;
  /** Pixels that are there, and places inside the raster. */
  count: number;
  places: number;
}

const newSum = (): Sum => ({ value: 0, weight: 0, count: 0, places: 0 });

function addRow(
  sum: Sum,
  pixels: Pixels,
  column: number,
  row: number,
  across: Float64Array,
  share: number,
): void {
  const y = row - pixels.row;
  if (y < 0 || y >= pixels.height) return;
  const start = column - pixels.column;
  const first = Math.max(0, -start);
  const last = Math.min(across.length, pixels.width - start);
  const offset = y * pixels.width + start;
  for (let i = first; i < last; i++) {
    sum.places++;
    const value = pixels.values[offset + i] ?? 0;
    if (Number.isNaN(value)) continue;
    const weight = (across[i] ?? 0) * share;
    sum.value += value * weight;
    sum.weight += weight;
    sum.count++;
  }
}
