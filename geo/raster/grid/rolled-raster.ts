import type { Crs } from '../../crs/crs.ts';
import { bandAt, type Grid, type Raster, type Samples, type Window } from '../raster.ts';
import { newSamples } from '../values/data-types.ts';
import { isRotated } from './affine.ts';
import { wholeWindow } from './grid.ts';
import type { LocatedGrid } from './longitudes.ts';

/** Share of a pixel by which a grid may miss the way around the globe: rounding errors of pixel sizes. */
const TOLERANCE = 0.01;

/** Whether the columns of a grid go once around the globe to the east, so that the first one lies beside the last. */
export function isAroundGlobe({ crs, width, transform }: LocatedGrid): boolean {
  const degrees = transform[1] * width;
  return crs.isGeographic && !isRotated(transform) && Math.abs(degrees - 360) <= TOLERANCE * transform[1];
}

/**
 * A raster whose last column is the first one again, as those have that begin and end at the same meridian, without that
 * column; any other one as it is.
 *
 * @param crs of the raster
 */
export function withoutRepeatedColumn(raster: Raster, crs: Crs): Raster {
  const once = { ...raster, width: raster.width - 1 };
  if (!isAroundGlobe({ ...once, crs })) return raster;
  const { read, readMask } = raster;
  return {
    ...once,
    read: (band, window = wholeWindow(once)) => read(band, window),
    ...(readMask && {
      readMask: (band: number, window: Window = wholeWindow(once)) => readMask(band, window),
    }),
  };
}

/**
 * A raster around the globe that begins at another of its columns, and goes on with those before it after the last one.
 *
 * @param columns by which it begins further to the east; less than its width
 */
export function rolledRaster(raster: Raster, columns: number): Raster {
  if (columns === 0) return raster;
  const { width, transform, readMask } = raster;
  const [x, xColumn, ...others] = transform;
  const shifted: Grid['transform'] = [x + columns * xColumn, xColumn, ...others];
  /** Reads a window, which may lie on both sides of the end of the raster. */
  const readRolled = async <Read extends Samples | undefined>(
    read: (window: Window) => Promise<Read>,
    window: Window,
    make: (length: number) => Samples,
  ): Promise<Samples | Exclude<Read, Samples>> => {
    const column = (window.column + columns) % width;
    const left = Math.min(window.width, width - column);
    const first = await read({ ...window, column, width: left });
    if (left === window.width || first === undefined) return first as Samples | Exclude<Read, Samples>;
    const second = await read({ ...window, column: 0, width: window.width - left });
    const samples = make(window.width * window.height);
    putBeside(first, 0, window, samples);
    if (second !== undefined) putBeside(second, left, window, samples);
    return samples;
  };
  return {
    ...raster,
    transform: shifted,
    read: (band, window = wholeWindow(raster)) =>
      readRolled(
        (part) => raster.read(band, part),
        window,
        (length) => newSamples(bandAt(raster, band).dataType, length),
      ),
    ...(readMask && {
      readMask: (band: number, window: Window = wholeWindow(raster)) =>
        readRolled(
          (part) => readMask(band, part),
          window,
          // Holds whatever a mask says that a pixel is there by.
          (length) => new Float64Array(length),
        ),
    }),
  };
}

/** Puts rows of samples into those of a window, from a column on. */
function putBeside(samples: Samples, from: number, { width, height }: Window, into: Samples): void {
  const across = samples.length / height;
  for (let row = 0; row < height; row++)
    into.set(samples.subarray(row * across, (row + 1) * across), row * width + from);
}
