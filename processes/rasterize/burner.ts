import type { Geometry } from 'geojson';
import { burnGeometry } from '../../geo/raster/burn/scanline.ts';
import type { DataType, Grid, Mask, Samples } from '../../geo/raster/raster.ts';
import { makeRounding } from '../../geo/raster/values/data-types.ts';
import { countLoss, type TypeLosses } from '../../geo/raster/values/type-losses.ts';

/** Burns a value into the pixels of a geometry. */
export type Burner = (geometry: Geometry, value: number) => void;

export interface BurnOptions {
  readonly allTouched: boolean;
  readonly merge: 'replace' | 'add';
  readonly outputType: DataType;
  /** Counts what the data type could not hold: values, and sums of pixels. */
  readonly losses: TypeLosses;
}

/**
 * Burns values into samples and ones into their mask. With `add` the first value of a pixel takes the place of what was there
 * and others are added, each once per line or area, and once per point.
 */
export function burnerInto(
  samples: Samples,
  mask: Mask,
  grid: Grid,
  { allTouched, merge, outputType, losses }: BurnOptions,
): Burner {
  const round = makeRounding(outputType);
  const { width } = grid;
  if (merge === 'replace') {
    return (geometry, value) => {
      const stored = round(value);
      countLoss(losses, outputType, value);
      burnGeometry(geometry, grid, allTouched, (row, from, to) => {
        samples.fill(stored, row * width + from, row * width + to);
        mask.fill(1, row * width + from, row * width + to);
      });
    };
  }
  // The number of the geometry that was the last to burn a pixel; 0 where there was none.
  const burnt = new Uint32Array(samples.length);
  let number = 0;
  const add: Burner = (geometry, value) => {
    number++;
    burnGeometry(geometry, grid, allTouched, (row, from, to) => {
      for (let index = row * width + from; index < row * width + to; index++) {
        if (burnt[index] === number) continue;
        const sum = burnt[index] === 0 ? value : (samples[index] ?? Number.NaN) + value;
        countLoss(losses, outputType, sum);
        samples[index] = round(sum);
        burnt[index] = number;
        mask[index] = 1;
      }
    });
  };
  return (geometry, value) => {
    for (const part of pointsApart(geometry)) add(part, value);
  };
}

/** Points that lie in one pixel count as many times as they are, as they do in GDAL. */
const pointsApart = (geometry: Geometry): Geometry[] =>
  geometry.type === 'MultiPoint'
    ? geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates }))
    : [geometry];
