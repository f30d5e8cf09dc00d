import type { Grid, Raster } from '../raster.ts';
import { findFilterReach, makeInterpolation } from './interpolate.ts';
import type { PointTransformer } from './pixel-transformer.ts';
import type { Pixels } from './pixels.ts';
import { interpolateStrip, type PutRow, summariseStrip } from './resample-strip.ts';
import { isFilter, isSummary } from './resampling.ts';
import type { Resampling } from './resampling-names.ts';
import type { Scale } from './source-window.ts';
import type { Strip } from './strip.ts';
import { summaries } from './summarise.ts';

/** How strips are resampled at a scale. */
export interface Resampler {
  /** Columns and rows around a place that are looked at. */
  readonly reach: readonly [columns: number, rows: number];
  readonly resample: (pixels: Pixels, strip: Strip, put: PutRow) => void;
}

/** @param back from pixels of the target to pixels of the source */
export function makeResampler(
  source: Raster,
  back: PointTransformer,
  scale: Scale,
  resampling: Resampling,
): Resampler {
  if (isSummary(resampling)) {
    const reach = [computeMargin(scale.x), computeMargin(scale.y)] as const;
    const summarise = summaries[resampling];
    return {
      reach,
      resample: (pixels, strip, put) => summariseStrip(pixels, strip, source, reach, summarise, put),
    };
  }
  if (!isFilter(resampling) || isFlat(source)) {
    return {
      reach: [1, 1],
      resample: (pixels, strip, put) => interpolateStrip(pixels, strip, source, back, undefined, put),
    };
  }
  const interpolation = makeInterpolation(resampling, scale);
  return {
    reach: findFilterReach(resampling, scale),
    resample: (pixels, strip, put) => interpolateStrip(pixels, strip, source, back, interpolation, put),
  };
}

/** Pixels around the raster within which a covering pixel of the target is looked at. */
const computeMargin = (scale: number): number => 2 * Math.max(1, Math.ceil(1 / scale));

/** In a single column or row there is nothing to interpolate. */
const isFlat = ({ width, height }: Grid): boolean => width === 1 || height === 1;
