import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { type Pixels, pixelAt } from '../../geo/raster/warp/pixels.ts';
import { bilinearAt } from './bilinear-at.ts';
import { groupPlaces, type Place } from './places.ts';

/** Values of a band at places, null where there is none. */
export async function sampleBand(
  raster: Raster,
  band: number,
  places: readonly (Place | undefined)[],
  bilinear: boolean,
  context: RunContext,
): Promise<(number | null)[]> {
  const values = new Array<number | null>(places.length).fill(null);
  const reportProgress = featureProgress(context, places.length, `Sampling band ${band}`);
  let done = 0;
  for (const { indices, window } of groupPlaces(raster, places, bilinear)) {
    await reportProgress(done);
    done += indices.length;
    if (!window) continue;
    const pixels: Pixels = { ...window, values: await readValues(raster, band, window) };
    for (const index of indices) {
      const { column, row } = requirePresent(places[index], 'The place');
      const value = bilinear
        ? bilinearAt(pixels, column, row)
        : pixelAt(pixels, Math.floor(column), Math.floor(row));
      values[index] = Number.isNaN(value) ? null : value;
    }
  }
  return values;
}
