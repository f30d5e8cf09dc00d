import { missingTest, type Raster, type Window } from '../raster/raster.ts';

/** The samples of a band (1-based) in a window as doubles, NaN where a pixel is missing; row by row. */
export async function readValues(raster: Raster, band: number, window?: Window): Promise<Float64Array> {
  const values = Float64Array.from(await raster.read(band, window));
  const mask = await raster.readMask?.(window);
  if (mask) {
    for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = Number.NaN;
  }
  const description = raster.bands[band - 1]!;
  if (description.nodata === undefined || Number.isNaN(description.nodata)) return values;
  const isMissing = missingTest(description);
  for (let index = 0; index < values.length; index++) {
    if (isMissing(values[index]!)) values[index] = Number.NaN;
  }
  return values;
}
