import type { RunContext } from '../../../core/run/context.ts';
import type { Raster, Window } from '../raster.ts';
import { readValues } from './read-values.ts';
import { readStrips } from './strips.ts';

/** The rows of a band (1-based) as doubles, from the top, NaN where a pixel is missing; read in strips, with progress. */
export async function* readRows(
  raster: Raster,
  band: number,
  context: RunContext,
  message: string,
): AsyncGenerator<Float64Array> {
  const read = (strip: Window) => readValues(raster, band, strip);
  for await (const [strip, values] of readStrips(raster, read, context, message)) {
    for (let row = 0; row < strip.height; row++)
      yield values.subarray(row * strip.width, (row + 1) * strip.width);
  }
}
