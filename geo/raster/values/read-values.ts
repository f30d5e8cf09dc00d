import { bandAt, type DataType, type Raster, type Samples, type Window } from '../raster.ts';

/** The samples of a band (1-based) in a window as doubles, NaN where a pixel is missing; row by row. */
export async function readValues(raster: Raster, band: number, window?: Window): Promise<Float64Array> {
  const samples = await raster.read(band, window);
  return withoutMissing(new Float64Array(samples), raster, band, window);
}

/** The same in single precision, which is what samples of most types can be read as at once. */
export async function readSingles(raster: Raster, band: number, window?: Window): Promise<Float32Array> {
  if (isRounded(bandAt(raster, band).dataType))
    return new Float32Array(await readValues(raster, band, window));
  const samples = await raster.read(band, window);
  const values = samples instanceof Float32Array ? samples : new Float32Array(samples);
  return withoutMissing(values, raster, band, window);
}

/**
 * Whether samples of a type may have more digits than single precision: then a number that is not nodata could become
 * it by rounding.
 */
export const isRounded = (dataType: DataType): boolean => ['int32', 'uint32', 'float64'].includes(dataType);

async function withoutMissing<Values extends Float64Array | Float32Array>(
  values: Values,
  raster: Raster,
  band: number,
  window: Window | undefined,
): Promise<Values> {
  const mask = await raster.readMask?.(band, window);
  if (mask) clearMasked(values, mask);
  const { nodata } = bandAt(raster, band);
  if (nodata === undefined || Number.isNaN(nodata)) return values;
  if (values instanceof Float64Array) clearDoubles(values, nodata);
  else clearSingles(values, nodata);
  return values;
}

function clearMasked(values: Float64Array | Float32Array, mask: Samples): void {
  for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = Number.NaN;
}

// Twice the same, because a loop that meets arrays of one type only is much faster.
function clearDoubles(values: Float64Array, nodata: number): void {
  for (let index = 0; index < values.length; index++)
    if (values[index] === nodata) values[index] = Number.NaN;
}

function clearSingles(values: Float32Array, nodata: number): void {
  for (let index = 0; index < values.length; index++)
    if (values[index] === nodata) values[index] = Number.NaN;
}
