import { defineKernel } from '../../parallel/kernel.ts';
import { findPartRows } from '../values/row-shares.ts';
import { fillGaps } from './gaps.ts';
import { type KernelSettings, makeKernel } from './kernels.ts';
import { type GridGround, groundAtRow } from './pixel-size-on-ground.ts';
import { vectorKernel } from './vector-kernels.ts';

const { fround } = Math;

/** The elevations of a raster, in memory that threads share. */
export interface Elevations {
  /** Nodata, or not a number, where they are missing. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly nodata: number | undefined;
  /** Nodata of integers: what happens to have this value when it is extrapolated is moved by one. */
  readonly avoided: number | undefined;
}

/** What results are stored as, and what stands for missing ones. */
export interface ResultType {
  readonly dataType: 'uint8' | 'float32';
  readonly nodata: number;
}

export interface TerrainWork {
  readonly elevations: Elevations;
  readonly kernel: KernelSettings;
  readonly ground: GridGround;
  /**
   * Missing neighbours take the value of the pixel, and those beyond the border are extrapolated; without it the result
   * is missing there.
   */
  readonly computeEdges: boolean;
  readonly result: ResultType;
  /** The last part may have fewer. */
  readonly rowsPerPart: number;
}

/** A row with a pixel more at both ends. */
interface Row {
  readonly values: Float32Array;
  /** All of its values are finite numbers. */
  complete: boolean;
}

/** Computes a kernel for rows of a raster, as gdaldem does (gdaldem_lib.cpp, `GDALGeneric3x3Processing`). */
export const terrainRows = defineKernel<TerrainWork, Uint8Array | Float32Array>(
  'terrainRows',
  async (
    { elevations, kernel: settings, ground, computeEdges, result: { dataType, nodata }, rowsPerPart },
    { isDue, breathe },
  ) => {
    const { width, height } = elevations;
    const { kernel, rows, results } = vectorKernel(settings, width);
    const ofPixel = makeKernel(settings);

    /** Results of the row in the middle. @returns whether some may not be a number */
    const compute = (row: number, above: Row, middle: Row, below: Row): boolean => {
      const isEdge = row === 0 || row === height - 1;
      if (isEdge && !computeEdges) {
        results.fill(Number.NaN);
        return true;
      }
      for (const { values } of [above, middle, below]) addEnds(values, isEdge, elevations);
      const steps = groundAtRow(ground, row);
      const hasMissing = kernel(above.values, middle.values, below.values, results, steps);
      if (above.complete && middle.complete && below.complete) return hasMissing;
      fillGaps(above.values, middle.values, below.values, results, ofPixel, steps, computeEdges);
      return true;
    };

    return {
      part: async (number) => {
        const [first, end] = findPartRows(number, { height, rowsPerPart });
        const samples = newSamples(dataType, (end - first) * width);
        // There are no neighbours to be extrapolated from.
        if (Math.min(width, height) < 2) return samples.fill(nodata);
        let [above, middle, below] = rows.map((values): Row => ({ values, complete: true })) as [
          Row,
          Row,
          Row,
        ];
        readRow(elevations, first - 1, middle);
        readRow(elevations, first, below);
        for (let row = first; row < end; row++) {
          if (isDue()) await breathe();
          [above, middle, below] = [middle, below, above];
          readRow(elevations, row + 1, below);
          const start = (row - first) * width;
          if (compute(row, above, middle, below)) storePresent(results, samples, start, nodata);
          else samples.set(results, start);
          if (!computeEdges) samples[start] = samples[start + width - 1] = nodata;
        }
        return samples;
      },
      end: () => {},
    };
  },
);

const newSamples = (dataType: ResultType['dataType'], length: number): Uint8Array | Float32Array =>
  dataType === 'uint8' ? new Uint8Array(length) : new Float32Array(length);

/** Fills in a row of the raster, or the one beyond its border, but not the pixels at its ends. */
function readRow({ values, width, height, nodata, avoided }: Elevations, row: number, to: Row): void {
  const rowAt = (number: number) => values.subarray(number * width, (number + 1) * width);
  if (row >= 0 && row < height) {
    to.values.set(rowAt(row), 1);
    to.complete = clearMissing(to.values, width, nodata);
    return;
  }
  const [near, far] = row < 0 ? [rowAt(0), rowAt(1)] : [rowAt(height - 1), rowAt(height - 2)];
  const present = (value: number): number => (value === nodata ? Number.NaN : value);
  for (let column = 0; column < width; column++)
    to.values[column + 1] = beyond(present(near[column] ?? 0), present(far[column] ?? 0), avoided);
  to.complete = clearMissing(to.values, width, undefined);
}

/** Makes nodata in a row not a number, except at its ends. @returns whether all of it are finite numbers */
function clearMissing(values: Float32Array, width: number, nodata: number | undefined): boolean {
  // Zero times a number is zero only if the number is finite.
  let zero = 0;
  const missing = nodata ?? Number.NaN;
  for (let column = 1; column <= width; column++) {
    const value = values[column] ?? 0;
    zero += value * 0;
    if (value === missing) values[column] = zero = Number.NaN;
  }
  return zero === 0;
}

/** Sets the pixels at the ends of a row; those of the first and last rows repeat the ones beside them. */
function addEnds(values: Float32Array, repeat: boolean, { width, avoided }: Elevations): void {
  values[0] = repeat ? (values[1] ?? 0) : beyond(values[1] ?? 0, values[2] ?? 0, avoided);
  values[width + 1] = repeat
    ? (values[width] ?? 0)
    : beyond(values[width] ?? 0, values[width - 1] ?? 0, avoided);
}

/** A value beyond the border from the two before it, missing if one of them is. */
function beyond(near: number, far: number, avoided: number | undefined): number {
  const value = fround(2 * near - far);
  return value === avoided ? value + 1 : value;
}

/** Stores results, nodata for those that are not a number. */
function storePresent(
  results: Float32Array,
  samples: Uint8Array | Float32Array,
  start: number,
  nodata: number,
): void {
  // Twice the same, because a loop that meets arrays of one type only is much faster.
  if (samples instanceof Uint8Array)
    for (let column = 0; column < results.length; column++) {
      const value = results[column] ?? 0;
      samples[start + column] = Number.isNaN(value) ? nodata : value;
    }
  else
    for (let column = 0; column < results.length; column++) {
      const value = results[column] ?? 0;
      samples[start + column] = Number.isNaN(value) ? nodata : value;
    }
}
