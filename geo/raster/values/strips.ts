import type { RunContext } from '../../../core/run/context.ts';
import type { Grid, Window } from '../raster.ts';

/** Pixels that are in memory at once, per band. */
const PIXELS = 1 << 20;

/**
 * Goes through a grid in strips of whole rows, and tells the progress at each.
 *
 * @param pixels about how many pixels a strip has; at least one row
 */
export async function* iterateStrips(
  grid: Pick<Grid, 'width' | 'height'>,
  context: RunContext,
  message: string,
  pixels = PIXELS,
): AsyncGenerator<Window> {
  for (const strip of listWindows(grid, pixels)) {
    await context.progress(strip.row, grid.height, message);
    yield strip;
  }
}

/**
 * The same, each strip with what is read of it. While one is worked on the next one is read: unpacking goes on beside
 * this thread.
 */
export async function* readStrips<Values>(
  grid: Pick<Grid, 'width' | 'height'>,
  read: (strip: Window) => Promise<Values>,
  context: RunContext,
  message: string,
  pixels = PIXELS,
): AsyncGenerator<readonly [strip: Window, values: Values]> {
  const strips = [...listWindows(grid, pixels)];
  let next = readAhead(strips[0], read);
  for (const [index, strip] of strips.entries()) {
    await context.progress(strip.row, grid.height, message);
    const values = await next;
    next = readAhead(strips[index + 1], read);
    if (values !== undefined) yield [strip, values];
  }
}

/**
 * Begins to read. What fails is told to who waits for it; until then, and where nobody comes to wait because the work has
 * stopped meanwhile, the failure must not end the process as one that nobody handles.
 */
function readAhead<Values>(
  strip: Window | undefined,
  read: (strip: Window) => Promise<Values>,
): Promise<Values | undefined> {
  const reading = strip ? read(strip) : Promise.resolve(undefined);
  reading.catch(() => undefined);
  return reading;
}

function* listWindows({ width, height }: Pick<Grid, 'width' | 'height'>, pixels: number): Generator<Window> {
  const rows = Math.max(1, Math.floor(pixels / width));
  for (let row = 0; row < height; row += rows)
    yield { column: 0, row, width, height: Math.min(rows, height - row) };
}
