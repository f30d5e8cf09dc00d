import { type Pixels, pixelAt } from '../../geo/raster/warp/pixels.ts';

/**
 * Linear between the four pixels whose centres are around a place; NaN where one of them is missing or outside. One that
 * has no weight, because the place lies on the line through other centres, is not needed.
 */
export function bilinearAt(pixels: Pixels, x: number, y: number): number {
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  const right = x - 0.5 - column;
  const lower = y - 0.5 - row;
  const share = (across: number, down: number): number => {
    const weight = (across === 1 ? right : 1 - right) * (down === 1 ? lower : 1 - lower);
    return weight === 0 ? 0 : weight * pixelAt(pixels, column + across, row + down);
  };
  return share(0, 0) + share(1, 0) + share(0, 1) + share(1, 1);
}
