import type { Grid } from '../raster.ts';
import type { PixelTransformer } from './pixel-transformer.ts';

/** A place in a raster and where it lies in the target CRS; undefined where it has no place there. */
export interface Sample {
  readonly column: number;
  readonly row: number;
  target: readonly [x: number, y: number] | undefined;
}

type Size = Pick<Grid, 'width' | 'height'>;

/** Samples along the top, bottom, left and right border, in that order, `steps` + 1 on each. */
export function borderSamples(
  { width, height }: Size,
  steps: number,
  transformer: PixelTransformer,
): Sample[] {
  const along = Array.from({ length: steps + 1 }, (_, step) => step / steps);
  const samples = [
    ...along.map((share) => [share * width, 0] as const),
    ...along.map((share) => [share * width, height] as const),
    ...along.map((share) => [0, share * height] as const),
    ...along.map((share) => [width, share * height] as const),
  ].map(([column, row]): Sample => ({ column, row, target: transformer.forward(column, row) }));
  joinAntimeridian(samples, transformer);
  return samples;
}

/** Samples in a grid over the whole raster, row by row. */
export function gridSamples({ width, height }: Size, steps: number, transformer: PixelTransformer): Sample[] {
  const samples: Sample[] = [];
  for (let step = 0; step <= steps; step++) {
    for (let across = 0; across <= steps; across++) {
      const column = (across / steps) * width;
      const row = (step / steps) * height;
      samples.push({ column, row, target: transformer.forward(column, row) });
    }
  }
  return samples;
}

/**
 * Where all samples lie on one side of the meridian of Greenwich, those on the antimeridian are taken to that side too,
 * if both of its longitudes are the same place.
 */
function joinAntimeridian(samples: readonly Sample[], { back }: PixelTransformer): void {
  const isOn = (side: number, x: number) => (side * x > 0 && side * x <= 180) || isAcross(side, x);
  const isAcross = (side: number, x: number) => Math.abs(x + side * 180) < 1e-8;
  const xs = samples.flatMap(({ target }) => (target ? [target[0]] : []));
  const [first] = xs;
  const side = [-1, 1].find((candidate) => first !== undefined && isOn(candidate, first));
  if (side === undefined || !xs.every((x) => isOn(side, x))) return;
  for (const sample of samples) {
    if (!sample.target) continue;
    const [x, y] = sample.target;
    if (!isAcross(side, x)) continue;
    const one = back(side * -180, y);
    const other = back(side * 180, y);
    if (one && other && Math.abs(one[0] - other[0]) < 1e-8 && Math.abs(one[1] - other[1]) < 1e-8)
      sample.target = [side * 180, y];
  }
}

/**
 * Bounds of samples in the target CRS. Between neighbours along a row of which one cannot be transformed, or whose x
 * differ in sign, the place of the jump is searched by halving, because the extent reaches up to it.
 */
export function sampleBounds(
  samples: readonly Sample[],
  { width, height }: Size,
  steps: number,
  { forward }: PixelTransformer,
): { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number } {
  const bounds = { xmin: Infinity, ymin: Infinity, xmax: -Infinity, ymax: -Infinity };
  const include = ([x, y]: readonly [number, number]): void => {
    bounds.xmin = Math.min(bounds.xmin, x);
    bounds.ymin = Math.min(bounds.ymin, y);
    bounds.xmax = Math.max(bounds.xmax, x);
    bounds.ymax = Math.max(bounds.ymax, y);
  };
  const isGrid = samples.length === (steps + 1) ** 2;
  for (const [index, sample] of samples.entries()) {
    const step = isGrid || index < 2 * (steps + 1) ? index % (steps + 1) : 0;
    const previous = samples[index - 1];
    if (step > 0 && previous && (previous.target ?? sample.target)) {
      const row = isGrid ? Math.floor(index / (steps + 1)) : index <= steps ? 0 : steps;
      const columns = [((step - 1) * width) / steps, (step * width) / steps] as const;
      searchJump(columns, (row * height) / steps, previous.target, sample.target, forward, include);
    }
    if (sample.target) include(sample.target);
  }
  return bounds;
}

function searchJump(
  [from, to]: readonly [number, number],
  row: number,
  first: Sample['target'],
  last: Sample['target'],
  forward: PixelTransformer['forward'],
  include: (point: readonly [number, number]) => void,
): void {
  let [low, high, before, after] = [from, to, first, last];
  for (let turn = 0; turn < 16; turn++) {
    if (before && after && before[0] * after[0] >= 0) return;
    const middle = (low + high) / 2;
    const point = forward(middle, row);
    if (point) {
      include(point);
      if (!before || before[0] * point[0] < 0) [high, after] = [middle, point];
      else [low, before] = [middle, point];
    } else if (!before) low = middle;
    else if (!after) high = middle;
    else return;
  }
}
