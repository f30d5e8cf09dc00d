import type { RunContext } from '../../../core/processes/declaration.ts';
import type { Raster, Window } from '../raster/raster.ts';
import { readSingles, readValues } from './read-values.ts';
import { readStrips } from './strips.ts';

/** The rows of a band (1-based) as doubles, from the top, NaN where a pixel is missing; read in strips, with progress. */
export const readRows = (
  raster: Raster,
  band: number,
  context: RunContext,
  message: string,
): AsyncGenerator<Float64Array> => rowsOf(readValues, raster, band, context, message);

/** The same in single precision. */
export const readSingleRows = (
  raster: Raster,
  band: number,
  context: RunContext,
  message: string,
): AsyncGenerator<Float32Array> => rowsOf(readSingles, raster, band, context, message);

async function* rowsOf<Values extends Float64Array | Float32Array>(
  read: (raster: Raster, band: number, strip: Window) => Promise<Values>,
  raster: Raster,
  band: number,
  context: RunContext,
  message: string,
): AsyncGenerator<Values> {
  const readStrip = (strip: Window) => read(raster, band, strip);
  for await (const [strip, values] of readStrips(raster, readStrip, context, message)) {
    for (let row = 0; row < strip.height; row++)
      yield values.subarray(row * strip.width, (row + 1) * strip.width) as Values;
  }
}
