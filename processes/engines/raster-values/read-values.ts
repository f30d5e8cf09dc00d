import type { Raster, Window } from '../raster/raster.ts';

/** The samples of a band (1-based) in a window as doubles, NaN where a pixel is missing; row by row. */
export async function readValues(raster: Raster, band: number, window?: Window): Promise<Float64Array> {
  const values = new Float64Array(await raster.read(band, window));
  const mask = await raster.readMask?.(window);
  if (mask) {
    for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = Number.NaN;
  }
  const { nodata } = raster.bands[band - 1]!;
  if (nodata === undefined || Number.isNaN(nodata)) return values;
  for (let index = 0; index < values.length; index++) {
    if (values[index] === nodata) values[index] = Number.NaN;
  }
  return values;
}
