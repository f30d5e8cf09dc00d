import type { Grid } from '../raster.ts';
import type { Burn, Path } from './scanline.ts';

type Size = Pick<Grid, 'width' | 'height'>;

/** Integers beyond are doubles that are not all of them. */
const toPixel = (value: number): number =>
  Math.floor(Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)));

/** Burns the pixels of a line by Bresenham's algorithm (GDAL, `GDALdllImageLine`). What is outside of the grid costs no step. */
export function drawLine({ columns, rows }: Path, { width, height }: Size, burn: Burn): void {
  for (let index = 1; index < columns.length; index++) {
    let column = toPixel(columns[index - 1] ?? 0);
    let row = toPixel(rows[index - 1] ?? 0);
    const endColumn = toPixel(columns[index] ?? 0);
    const endRow = toPixel(rows[index] ?? 0);
    if (isBeside(column, endColumn, width) || isBeside(row, endRow, height)) continue;
    const across = Math.abs(endColumn - column);
    const down = Math.abs(endRow - row);
    const columnStep = column > endColumn ? -1 : 1;
    const rowStep = row > endRow ? -1 : 1;
    const flat = across >= down;
    const [longer, shorter] = flat ? [across, down] : [down, across];
    let error = 2 * shorter - longer;
    // The end belongs to the next segment, if there is one.
    const most = index === columns.length - 1 ? longer + 1 : longer;
    // The steps along the longer side that lie on the grid.
    const [from, direction, size] = flat ? [column, columnStep, width] : [row, rowStep, height];
    const first = Math.max(0, direction > 0 ? -from : from - size + 1);
    const count = Math.min(most, direction > 0 ? size - from : from + 1);
    if (first > 0) {
      const turns = countTurns(first, longer, shorter);
      column += columnStep * (flat ? first : turns);
      row += rowStep * (flat ? turns : first);
      error = errorAfter(first, turns, longer, shorter);
    }
    for (let step = first; step < count; step++) {
      if (column >= 0 && column < width && row >= 0 && row < height) burn(row, column, column + 1);
      const turns = error > 0;
      error += turns ? 2 * shorter - 2 * longer : 2 * shorter;
      if (flat || turns) column += columnStep;
      if (!flat || turns) row += rowStep;
    }
  }
}

/** Whether both ends lie on the same side of the grid. */
const isBeside = (start: number, end: number, size: number): boolean =>
  (start < 0 && end < 0) || (start >= size && end >= size);

/** Steps among the first ones that go along the shorter side too; in integers, as the products are beyond those of a double. */
function countTurns(steps: number, longer: number, shorter: number): number {
  const twice = 2n * BigInt(longer);
  const ahead = 2n * BigInt(shorter) * BigInt(steps) - BigInt(longer);
  return ahead <= 0n ? 0 : Number((ahead + twice - 1n) / twice);
}

const errorAfter = (steps: number, turns: number, longer: number, shorter: number): number =>
  Number(2n * BigInt(shorter) * BigInt(steps + 1) - BigInt(longer) - 2n * BigInt(longer) * BigInt(turns));

/** Edges that lie within this share of a pixel along its border touch nothing. */
const ALIGNED = 1e-4;
/** Edges that are narrower than this are taken as horizontal or vertical. */
const NARROW = 0.01;
/** Least step of the walk along an edge. */
const STEP = 1e-9;

const isAligned = (start: number, end: number): boolean =>
  Math.abs(start - roundAway(start)) < ALIGNED && Math.abs(end - roundAway(end)) < ALIGNED;
const roundAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

/**
 * Burns all pixels that a line touches (GDAL, `GDALdllImageLineAllTouched`).
 *
 * @param border the line bounds an area: along the borders of pixels it touches none
 */
export function drawTouched({ columns, rows }: Path, size: Size, border: boolean, burn: Burn): void {
  const { width, height } = size;
  for (let index = 1; index < columns.length; index++) {
    let [x, y] = [columns[index - 1] ?? 0, rows[index - 1] ?? 0];
    let [endX, endY] = [columns[index] ?? 0, rows[index] ?? 0];
    if ((y < 0 && endY < 0) || (y > height && endY > height)) continue;
    if ((x < 0 && endX < 0) || (x > width && endX > width)) continue;
    if (x > endX) [x, y, endX, endY] = [endX, endY, x, y];
    if (Math.floor(x) === Math.floor(endX) || Math.abs(x - endX) < NARROW) {
      if (border && isAligned(x, endX)) continue;
      const column = Math.floor(endX);
      if (column < 0 || column >= width) continue;
      const last = Math.min(height - 1, Math.floor(Math.max(y, endY) - ALIGNED));
      for (let row = Math.max(0, Math.floor(Math.min(y, endY))); row <= last; row++)
        burn(row, column, column + 1);
    } else if (Math.floor(y) === Math.floor(endY) || Math.abs(y - endY) < NARROW) {
      if (border && isAligned(y, endY)) continue;
      const row = Math.floor(y);
      if (row < 0 || row >= height) continue;
      const from = Math.max(0, Math.floor(x));
      const to = Math.min(width - 1, Math.floor(endX - ALIGNED)) + 1;
      if (from < to) burn(row, from, to);
    } else walk(x, y, endX, endY, size, burn);
  }
}

/** From pixel to pixel along a sloping edge, to the right. */
function walk(x: number, y: number, endX: number, endY: number, { width, height }: Size, burn: Burn): void {
  const slope = (endY - y) / (endX - x);
  if (endX > width) {
    endY -= (endX - width) * slope;
    endX = width;
  }
  if (x < 0) {
    y -= x * slope;
    x = 0;
  }
  if (endY > y) {
    if (y < 0) {
      x -= y / slope;
      y = 0;
    }
    // GDAL adds here what it should take away; rows outside are left out below.
    if (endY >= height) endX = Math.min(width, endX + (endY - height) / slope);
  } else {
    if (y >= height) {
      x += (height - y) / slope;
      y = height;
    }
    if (endY < 0) endX -= endY / slope;
  }
  while (x >= 0 && x < endX) {
    const row = Math.floor(y);
    const column = Math.floor(x);
    // It comes no more back onto the grid.
    if (slope < 0 ? row < 0 : row >= height) return;
    if (row >= 0 && row < height && column < width) burn(row, column, column + 1);
    const across = Math.floor(x + 1) - x;
    if (Math.floor(y + across * slope) === row) {
      x += across;
      y += across * slope;
      continue;
    }
    const down = slope < 0 ? Math.min(-STEP, row - y) : Math.max(STEP, row + 1 - y);
    x += down / slope;
    y += down;
  }
}
