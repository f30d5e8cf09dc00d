import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { type Pixels, pixelAt } from '../../geo/raster/warp/pixels.ts';
import { bilinearAt } from './bilinear-at.ts';
import { groupPlaces, type Place } from './places.ts';

/**
 * Values of a band at places, null where there is none.
 *
 * @param incomplete where it is given, values are interpolated, and it gets the numbers of the places whose own pixel has a
 * value, but not all those around
 */
export async function sampleBand(
  raster: Raster,
  band: number,
  places: readonly (Place | undefined)[],
  incomplete: Set<number> | undefined,
  context: RunContext,
): Promise<(number | null)[]> {
  const values = new Array<number | null>(places.length).fill(null);
  const reportProgress = featureProgress(context, places.length, `Sampling band ${band}`);
  let done = 0;
  for (const { indices, window } of groupPlaces(raster, places, incomplete !== undefined)) {
    await reportProgress(done);
    done += indices.length;
    if (!window) continue;
    const pixels: Pixels = { ...window, values: await readValues(raster, band, window) };
    for (const index of indices) {
      const { column, row } = requirePresent(places[index], 'The place');
      const nearest = pixelAt(pixels, Math.floor(column), Math.floor(row));
      const value = incomplete ? bilinearAt(pixels, column, row) : nearest;
      if (Number.isNaN(value) && !Number.isNaN(nearest)) incomplete?.add(index);
      values[index] = Number.isNaN(value) ? null : value;
    }
  }
  return values;
}
