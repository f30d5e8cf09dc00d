import type { Pixels } from './pixels.ts';

/** Ways to make one value of all pixels that a pixel of the target covers. */
export type Summary = 'average' | 'mode' | 'min' | 'max';

/** Part of the source, in columns and rows from its upper left corner. */
export interface Cover {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** It runs on past the right border, from the left one: it lies across the antimeridian. */
  readonly wraps: boolean;
}

/** Tells whole numbers from what rounding made of them. */
const TINY = 1e-10;

/** Value of the pixels that a cover meets; NaN where there are none. `width` and `height` are those of the raster. */
export type Summarise = (pixels: Pixels, cover: Cover, width: number, height: number) => number;

/** Summaries as GDAL's warper makes them: only the average weighs pixels by how much of them is covered. */
export const summaries: Readonly<Record<Summary, Summarise>> = {
  average: (pixels, cover, width, height) => {
    let mean = 0;
    let total = 0;
    visit(pixels, cover, width, height, (value, weight) => {
      if (weight <= 0) return;
      total += weight;
      mean += (weight / total) * (value - mean);
    });
    return total > 0 ? mean : Number.NaN;
  },
  min: (pixels, cover, width, height) => {
    let least = Number.NaN;
    visit(pixels, cover, width, height, (value) => {
      if (!(least <= value)) least = value;
    });
    return least;
  },
  max: (pixels, cover, width, height) => {
    let most = Number.NaN;
    visit(pixels, cover, width, height, (value) => {
      if (!(most >= value)) most = value;
    });
    return most;
  },
  mode: (pixels, cover, width, height) => {
    const counts = new Map<number, number>();
    let mode = Number.NaN;
    let most = 0;
    visit(pixels, cover, width, height, (value) => {
      const count = (counts.get(value) ?? 0) + 1;
      counts.set(value, count);
      if (count > most) [mode, most] = [value, count];
    });
    return mode;
  },
};

function visit(
  pixels: Pixels,
  { left, top, right, bottom, wraps }: Cover,
  width: number,
  height: number,
  add: (value: number, weight: number) => void,
): void {
  if (!(right > -TINY && left < width + TINY && bottom > -TINY && top < height + TINY)) return;
  const columns = findRange(left, right, wraps ? Infinity : width);
  const rows = findRange(top, bottom, height);
  for (let row = rows.from; row < rows.to; row++) {
    const y = row - pixels.row;
    if (y < 0 || y >= pixels.height) continue;
    const weightY = computeWeight(row, rows, top, bottom);
    for (let column = columns.from; column < columns.to; column++) {
      const x = (column % width) - pixels.column;
      if (x < 0 || x >= pixels.width) continue;
      const value = pixels.values[y * pixels.width + x] ?? 0;
      if (!Number.isNaN(value)) add(value, weightY * computeWeight(column, columns, left, right));
    }
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function findRange(least: number, most: number, size: number): Range {
  const from = Math.max(Math.floor(least + TINY), 0);
  const to = Math.min(Math.ceil(most - TINY), size);
  return { from, to: from === to && to < size ? to + 1 : to };
}

/** Share of a pixel that is covered along one axis. */
function computeWeight(place: number, { from, to }: Range, least: number, most: number): number {
  if (place === from) return from + 1 === to ? 1 : 1 - (least - from);
  return place + 1 === to ? 1 - (to - most) : 1;
}
