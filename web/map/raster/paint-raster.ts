import { inSlices } from '../shared/slices.ts';
import { makePainter } from './painter.ts';
import type { PixelCache, Window } from './pixel-cache.ts';
import type { Level, Raster } from './raster.ts';
import { findShown, type Move, makeGrid, type SourceGrid, STEP } from './source-grid.ts';
import type { RasterStyle } from './style.ts';

/** Pixels that are read for one picture; a raster without overviews has more, and has to be looked at from nearby. */
const MOST_PIXELS = 12_000_000;

/** A picture to be made: its edges in the units of the map, its size in pixels, and the way to the raster's CRS. */
export interface Picture {
  readonly extent: readonly number[];
  readonly size: readonly [width: number, height: number];
  readonly move: Move;
}

/**
 * Draws a raster as the map needs it, in the map's projection: each pixel has the colour of the pixel of the raster that
 * it lies in, at the level of detail that fits.
 *
 * @returns undefined where the raster has no level that is coarse enough
 */
export async function paintRaster(
  raster: Raster,
  cache: PixelCache,
  style: RasterStyle,
  { extent, size, move }: Picture,
  signal?: AbortSignal,
): Promise<ImageData | undefined> {
  const image = new ImageData(size[0], size[1]);
  const grid = makeGrid(extent, size, raster.extent, move);
  const shown = findShown(grid);
  if (!shown) return image;
  const number = chooseLevel(raster.levels, shown.pixel);
  const level = raster.levels[number] ?? raster.levels[0];
  const window = toWindow(shown.window, level);
  if ((window[2] - window[0]) * (window[3] - window[1]) > MOST_PIXELS) return undefined;
  const pixels = await cache.read(number, window);
  const colour = makePainter(raster, style, pixels);
  const fillRow = rowFiller(new Int32Array(image.data.buffer), size, grid, level, window, colour);
  await inSlices(grid.rows - 1, fillRow, signal, 1);
  return image;
}

/** The coarsest level whose pixels are no larger than those of the picture. */
function chooseLevel(levels: readonly Level[], [across, down]: readonly [number, number]): number {
  const fine = levels.findLastIndex(({ width, height }) => across * width >= 0.8 && down * height >= 0.8);
  return Math.max(0, fine);
}

function toWindow(
  [left = 0, top = 0, right = 1, bottom = 1]: readonly number[],
  { width, height }: Level,
): Window {
  return [
    Math.floor(left * width),
    Math.floor(top * height),
    Math.min(width, Math.ceil(right * width) + 1),
    Math.min(height, Math.ceil(bottom * height) + 1),
  ];
}

/** Fills a row of the grid's cells at a time, between which the page answers. */
function rowFiller(
  target: Int32Array,
  [width, height]: readonly [number, number],
  { columns, across, down }: SourceGrid,
  level: Level,
  [left, top, right]: Window,
  colour: (index: number) => number,
): (row: number) => void {
  return (row) => {
    for (let column = 0; column + 1 < columns; column++) {
      const corner = row * columns + column;
      const corners = [corner, corner + 1, corner + columns, corner + columns + 1] as const;
      const [u00, u10, u01, u11] = corners.map((index) => (across[index] ?? Number.NaN) * level.width);
      const [v00, v10, v01, v11] = corners.map((index) => (down[index] ?? Number.NaN) * level.height);
      const [x0, y0] = [column * STEP, row * STEP];
      for (let y = y0; y < Math.min(height, y0 + STEP); y++) {
        const t = (y + 0.5 - y0) / STEP;
        const [uLeft, uRight] = [mix(u00, u01, t), mix(u10, u11, t)];
        const [vLeft, vRight] = [mix(v00, v01, t), mix(v10, v11, t)];
        for (let x = x0; x < Math.min(width, x0 + STEP); x++) {
          const s = (x + 0.5 - x0) / STEP;
          const u = Math.floor(mix(uLeft, uRight, s));
          const v = Math.floor(mix(vLeft, vRight, s));
          // What is not a number is not inside either.
          if (u >= 0 && v >= 0 && u < level.width && v < level.height)
            target[y * width + x] = colour((v - top) * (right - left) + u - left);
        }
      }
    }
  };
}

const mix = (from = Number.NaN, to = Number.NaN, part: number): number => from + (to - from) * part;
