import type { Geometry } from 'geojson';
import type { RunContext, Source } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Crs } from '../../geo/crs/crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { eachPosition } from '../../geo/geometry/positions.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { computeBounds, type Layer } from '../../geo/layer/layer.ts';
import { requirePolygons } from '../../geo/layer/require-polygons.ts';
import { checkBurnWork } from '../../geo/raster/burn/burn-work.ts';
import { burnInto } from '../../geo/raster/burn/scanline.ts';
import { affineX, affineY, invertAffine } from '../../geo/raster/grid/affine.ts';
import { gridFromWindow, wholeWindow } from '../../geo/raster/grid/grid.ts';
import { gridWithinTurn, type LocatedGrid } from '../../geo/raster/grid/longitudes.ts';
import { operandOnGrid } from '../../geo/raster/grid/operand-on-grid.ts';
import { isAroundGlobe, rolledRaster, withoutRepeatedColumn } from '../../geo/raster/grid/rolled-raster.ts';
import type { Grid, Mask, Raster, Window } from '../../geo/raster/raster.ts';
import { type Part, type PixelBounds, windowFromPixelBounds } from './part.ts';

/** Pixels of a strip for which the mask is made at the least, and what it takes to fill one of them. */
const STRIP_PIXELS = 1 << 20;
const FILLED_NANOSECONDS = 1.5;

interface Options {
  readonly crop: boolean;
  readonly allTouched: boolean;
}

/**
 * The part of a raster in polygons, as rasterio's `mask` finds it.
 *
 * @param crs of the raster
 * @throws InvalidRequest for geometries that are no polygons, InvalidInput where none meets the raster that is to be cropped
 */
export async function partFromFeatures(
  raster: Raster,
  crs: Crs,
  features: Source,
  { crop, allTouched }: Options,
  context: RunContext,
): Promise<Part> {
  const layer = await readLayer(features, context);
  requirePolygons(layer, 'polygons are needed.');
  // Around the globe, polygons on both sides of an end of the raster may lie closer together on one that begins elsewhere.
  const once = withoutRepeatedColumn(raster, crs);
  const half = Math.floor(once.width / 2);
  const others = crop && isAroundGlobe({ ...once, crs }) ? [rolledRaster(once, half)] : [];
  const views = [raster, ...others].map((view) => viewOn(view, crs, layer, context));
  const [own, rolled = own] = await Promise.all(views);
  if (!own || !rolled) throw new Error('The raster has no view.');
  const { view, geometries, met } = countColumns(rolled) < countColumns(own) ? rolled : own;
  if (crop && !met) throw outside(features.pointer, layer);
  const window = crop && met ? met : wholeWindow(view);
  const grid = gridFromWindow(view, window);
  const rounds = Math.max(1, Math.ceil((grid.width * grid.height) / STRIP_PIXELS));
  checkBurnWork(geometries, grid, { pixel: FILLED_NANOSECONDS, pointer: features.pointer, rounds });
  const makeMask = async (rows: Window): Promise<Mask> => {
    const mask = new Uint8Array(rows.width * rows.height);
    const reportProgress = featureProgress(context, geometries.length, 'Finding the pixels of the polygons');
    for (const [index, geometry] of geometries.entries()) {
      await reportProgress(index);
      burnInto(mask, geometry, grid, rows, allTouched);
    }
    return mask;
  };
  return { raster: view, grid: crop ? gridWithinTurn(grid) : grid, window, makeMask };
}

const outside = (pointer: string, { features }: Layer): InvalidInput =>
  new InvalidInput(
    pointer,
    computeBounds(features.map(({ geometry }) => geometry))
      ? 'has only polygons outside the raster.'
      : 'has no polygon to clip with.',
  );

/**
 * Columns and rows that are read of a raster in polygons, for who knows its grid alone. Undefined around the globe, where it shows in
 * the run at which column the raster begins.
 *
 * @param pointer of the polygons
 * @throws as `partFromFeatures`
 */
export async function sizeInFeatures(
  grid: LocatedGrid,
  layer: Layer,
  pointer: string,
  crop: boolean,
  context: RunContext,
): Promise<Pick<Window, 'width' | 'height'> | undefined> {
  requirePolygons(layer, 'polygons are needed.');
  if (!crop) return grid;
  if (isAroundGlobe(grid) || isAroundGlobe({ ...grid, width: grid.width - 1 })) return undefined;
  const moved = await operandOnGrid(layer, grid, context);
  const bounds = pixelBounds(
    grid,
    moved.features.flatMap(({ geometry }) => geometry ?? []),
  );
  const met = bounds && windowFromPixelBounds(grid, bounds);
  if (!met) throw outside(pointer, layer);
  return met;
}

interface View {
  readonly view: Raster;
  readonly geometries: readonly Geometry[];
  /** The pixels that the geometries meet. */
  readonly met: Window | undefined;
}

async function viewOn(view: Raster, crs: Crs, layer: Layer, context: RunContext): Promise<View> {
  const moved = await operandOnGrid(layer, { ...view, crs }, context);
  const geometries = moved.features.flatMap(({ geometry }) => geometry ?? []);
  const bounds = pixelBounds(view, geometries);
  return { view, geometries, met: bounds && windowFromPixelBounds(view, bounds) };
}

const countColumns = ({ met }: View): number => met?.width ?? Number.POSITIVE_INFINITY;

function pixelBounds({ transform }: Grid, geometries: readonly Geometry[]): PixelBounds | undefined {
  const inverse = invertAffine(transform);
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const geometry of geometries) {
    eachPosition(geometry, ([x = 0, y = 0]) => {
      const column = affineX(inverse, x, y);
      const row = affineY(inverse, x, y);
      bounds.left = Math.min(bounds.left, column);
      bounds.right = Math.max(bounds.right, column);
      bounds.top = Math.min(bounds.top, row);
      bounds.bottom = Math.max(bounds.bottom, row);
    });
  }
  return bounds.left <= bounds.right ? bounds : undefined;
}
