import type { RunContext } from '../../../core/processes/declaration.ts';
import type { Grid, Window } from '../raster/raster.ts';

/** Pixels that are in memory at once, per band. */
const PIXELS = 1 << 20;

/**
 * Goes through a grid in strips of whole rows, and tells the progress at each.
 *
 * @param pixels about how many pixels a strip has; at least one row
 */
export async function* stripsOf(
  { width, height }: Pick<Grid, 'width' | 'height'>,
  context: RunContext,
  message: string,
  pixels = PIXELS,
): AsyncGenerator<Window> {
  const rows = Math.max(1, Math.floor(pixels / width));
  for (let row = 0; row < height; row += rows) {
    await context.progress(row, height, message);
    yield { column: 0, row, width, height: Math.min(rows, height - row) };
  }
}
