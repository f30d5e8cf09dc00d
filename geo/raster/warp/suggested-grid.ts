import { InvalidInput } from '../../../core/shared/errors.ts';
import type { Crs } from '../../crs/crs.ts';
import { affineX, affineY, invertAffine, isRotated } from '../grid/affine.ts';
import type { Grid } from '../raster.ts';
import { borderSamples, gridSamples, type Sample, sampleBounds } from './grid-samples.ts';
import { type PixelTransformer, pixelTransformer, pointTransformer } from './pixel-transformer.ts';

type Located = Grid & { readonly crs: Crs };

/** Extent of a grid in its target CRS, mutable while it is searched. */
interface Extent {
  xmin: number;
  ymin: number;
  xmax: number;
  ymax: number;
}

/**
 * The grid that GDAL suggests for a raster in another CRS (GDALSuggestedWarpOutput2): it holds the transformed raster,
 * and its square pixels make the diagonal as many pixels long as it was.
 *
 * @throws InvalidInput at `pointer` where too little of the raster can be transformed
 */
export function suggestedGrid(grid: Located, targetCrs: Crs, pointer: string): Located {
  const transformer = pixelTransformer(grid, targetCrs);
  const steps = Math.min(100, Math.max(20, Math.floor(Math.min(grid.width, grid.height) / 50 + 0.5)));
  const border = borderSamples(grid, steps, transformer);
  const samples = border.every((sample) => returns(sample, grid, steps, transformer))
    ? border
    : gridSamples(grid, steps, transformer);
  const failed = samples.filter(({ target }) => target === undefined).length;
  if (failed > samples.length - 10)
    throw new InvalidInput(
      pointer,
      `names ${targetCrs.name}, to which the extent of the raster cannot be transformed.`,
    );

  const extent: Extent = { ...sampleBounds(samples, grid, steps, transformer) };
  const toDegrees = targetCrs.isGeographic && !grid.crs.isGeographic;
  if (toDegrees) includePoles(extent, grid, targetCrs);
  includeThirds(extent, grid, transformer);
  return sized(grid, targetCrs, extent, measureDiagonal(samples, extent), toDegrees, transformer);
}

/** Whether a sample on the border can be transformed and comes back to within a step of where it was. */
function returns(
  { column, row, target }: Sample,
  grid: Grid,
  steps: number,
  { back }: PixelTransformer,
): boolean {
  const point = target && back(target[0], target[1]);
  if (!point) return false;
  return Math.abs(point[0] - column) <= grid.width / steps && Math.abs(point[1] - row) <= grid.height / steps;
}

/** A pole inside a projected raster makes the extent reach it, and all around it. */
function includePoles(extent: Extent, grid: Located, targetCrs: Crs): void {
  const toSource = pointTransformer(targetCrs, grid.crs);
  const toTarget = pointTransformer(grid.crs, targetCrs);
  const inverse = invertAffine(grid.transform);
  for (const pole of [-90, 90]) {
    const point = toSource(0, pole);
    const [column, row] = point
      ? [affineX(inverse, point[0], point[1]), affineY(inverse, point[0], point[1])]
      : [Number.NaN, Number.NaN];
    const margin = 1e-5;
    const inside =
      column >= -margin && column <= grid.width + margin && row >= -margin && row <= grid.height + margin;
    const again = point && inside ? toTarget(point[0], point[1]) : undefined;
    if (!again || Math.abs(again[1] - pole) > 1e-6) continue;
    extent.xmin = -180;
    extent.xmax = 180;
    if (pole < 0) extent.ymin = pole;
    else extent.ymax = pole;
  }
}

/** GDAL also looks at the corners and the thirds of each side, which the samples may miss by a little. */
function includeThirds(extent: Extent, grid: Located, { forward }: PixelTransformer): void {
  if (isRotated(grid.transform)) return;
  for (const third of [0, 1 / 3, 2 / 3, 1]) {
    for (const [column, row] of [
      [third * grid.width, 0],
      [third * grid.width, grid.height],
      [0, third * grid.height],
      [grid.width, third * grid.height],
    ] as const) {
      const point = forward(column, row);
      if (!point) continue;
      extent.xmin = Math.min(extent.xmin, point[0]);
      extent.xmax = Math.max(extent.xmax, point[0]);
      extent.ymin = Math.min(extent.ymin, point[1]);
      extent.ymax = Math.max(extent.ymax, point[1]);
    }
  }
}

/** Length in the target CRS from the first sample (upper left) to the last (lower right). */
function measureDiagonal(samples: readonly Sample[], extent: Extent): number {
  const first = samples[0]?.target;
  const last = samples.at(-1)?.target;
  const [x, y] = first && last ? [last[0] - first[0], last[1] - first[1]] : [0, 0];
  if (x !== 0 && y !== 0) return Math.sqrt(x * x + y * y);
  return Math.sqrt((extent.xmax - extent.xmin) ** 2 + (extent.ymax - extent.ymin) ** 2);
}

/** Shares of a pixel by which the grid is made smaller until its far border can be transformed. */
const shrinkings = [0, 0.001, 0.01, 0.1, 1];

function sized(
  grid: Located,
  targetCrs: Crs,
  extent: Extent,
  diagonal: number,
  toDegrees: boolean,
  transformer: PixelTransformer,
): Located {
  const size = diagonal / Math.sqrt(grid.width ** 2 + grid.height ** 2);
  const width = Math.max(1, Math.floor((extent.xmax - extent.xmin) / size + 0.5));
  const height = Math.max(1, Math.floor((extent.ymax - extent.ymin) / size + 0.5));
  const shrunk = (pixels: number, fits: (size: number) => boolean): number =>
    shrinkings.map((share) => size - (size * share) / pixels).find(fits) ?? size;

  let sizeX = shrunk(width, (tried) => {
    const right = extent.xmin + width * tried;
    return isReached(transformer, tried, size, (share) => [right, extent.ymax - size * share * height]);
  });
  let sizeY = shrunk(height, (tried) => {
    const bottom = extent.ymax - height * tried;
    return isReached(transformer, sizeX, tried, (share) => [extent.xmin + sizeX * share * width, bottom]);
  });
  const right = extent.xmin + width * sizeX;
  if (toDegrees && ((extent.xmax <= 180 && right > 180) || extent.xmax === 180))
    sizeX = (180 - extent.xmin) / width;
  if (toDegrees && extent.ymin >= -90 && extent.ymax - height * sizeY < -90)
    sizeY = (extent.ymax + 90) / height;
  return {
    width,
    height,
    transform: [extent.xmin, sizeX, 0, extent.ymax, 0, -sizeY],
    crs: targetCrs,
  };
}

/** Whether any of 21 points along a border comes back to within a pixel of itself. */
function isReached(
  { forward, back }: PixelTransformer,
  sizeX: number,
  sizeY: number,
  border: (share: number) => readonly [number, number],
): boolean {
  for (let step = 0; step <= 20; step++) {
    const [x, y] = border(step / 20);
    const pixel = back(x, y);
    const again = pixel && forward(pixel[0], pixel[1]);
    if (again && Math.abs(again[0] - x) <= sizeX && Math.abs(again[1] - y) <= sizeY) return true;
  }
  return false;
}
