import type { BoundingBox, CrsInput } from '../../../core/run/bounding-box.ts';
import type { RunContext, Source } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { fromUnit } from '../../crs/angular-unit.ts';
import { type Crs, crs84 } from '../../crs/crs.ts';
import { extentIn } from '../../crs/extent.ts';
import { parseCrs } from '../../crs/find-crs.ts';
import { joinedAcross, lieAcrossAntimeridian } from '../../geodesy/across-antimeridian.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { checkSpacing } from '../../geometry/spacing.ts';
import { loadGeos } from '../../geos/geos.ts';
import { computeBounds, type Layer } from '../../layer/layer.ts';
import { layerInCrs } from '../../reproject/reproject.ts';
import { checkPixelCount } from '../pixel-limits.ts';
import type { Grid } from '../raster.ts';
import { gridWithinTurn, layerOnGrid } from './longitudes.ts';
import { resolveRasterCrs } from './resolve-raster-crs.ts';

/** What `outputGridInputs` of processes/common/raster-inputs.ts gives to a run. */
export interface GridInputs {
  readonly template: Source | undefined;
  readonly resolution: number | undefined;
  readonly extent: BoundingBox | undefined;
  readonly crs: CrsInput | undefined;
}

/** A grid whose CRS is known. */
export interface OutputGrid extends Grid {
  readonly crs: Crs;
}

/** Share of a pixel by which an extent may be wider than whole pixels without getting another. */
const TOLERANCE = 1e-9;

/**
 * The grid of a result that is computed from features, and the features moved to its CRS vertex by vertex. From a
 * template, else from the upper left corner of the extent (by default the bounds of the features) with as many pixels
 * as cover it, at least one.
 *
 * @throws InvalidRequest where the inputs give no grid, LimitExceeded where it has too many pixels
 */
export async function outputGrid(
  inputs: GridInputs,
  layer: Layer,
  context: RunContext,
): Promise<{ readonly grid: OutputGrid; readonly layer: Layer }> {
  if (inputs.template) {
    const grid = await readTemplateGrid(inputs.template, context);
    checkPixelCount(grid.width * grid.height, inputs.template.pointer, context);
    return { grid, layer: await layerOnGrid(layer, grid, context) };
  }
  if (inputs.resolution === undefined) {
    throw new InvalidInput('/inputs/resolution', 'is required unless "template" is given.');
  }
  const crs = inputs.crs === undefined ? crs84 : parseCrs(inputs.crs, '/inputs/crs');
  const moved = await layerInCrs(layer, crs, context);
  const bounds = inputs.extent ? extentIn(inputs.extent, crs, '/inputs/extent') : await boundsAcross(moved);
  if (!bounds) {
    throw new InvalidInput(
      '/inputs/extent',
      'is required, because there are no features to take the bounds from.',
    );
  }
  const resolution = fromUnit(inputs.resolution, crs);
  checkSpacing(resolution, bounds, '/inputs/resolution');
  const grid = gridWithinTurn(gridOver(bounds, resolution, crs));
  checkPixelCount(grid.width * grid.height, '/inputs/resolution', context);
  return { grid, layer: await layerOnGrid(moved, grid, context) };
}

/** Bounds of a layer; beyond 180 where its geometries lie together across the antimeridian. */
async function boundsAcross({ features, crs }: Layer): Promise<Bounds | undefined> {
  const geometries = features.flatMap(({ geometry }) => geometry ?? []);
  if (!crs.isGeographic || !lieAcrossAntimeridian(geometries)) return computeBounds(geometries);
  const geos = await loadGeos();
  return computeBounds(geometries.map((geometry) => joinedAcross(geometry, geos)));
}

/** Square pixels from the upper left corner of the bounds, as many as cover them. */
function gridOver([xmin, ymin, xmax, ymax]: Bounds, resolution: number, crs: Crs): OutputGrid {
  const pixels = (length: number) => Math.max(1, Math.ceil(length / resolution - TOLERANCE));
  return {
    width: pixels(xmax - xmin),
    height: pixels(ymax - ymin),
    transform: [xmin, resolution, 0, ymax, 0, -resolution],
    crs,
  };
}

async function readTemplateGrid(template: Source, context: RunContext): Promise<OutputGrid> {
  const { openRasterHeader } = await import('../formats/open-raster.ts');
  const raster = await openRasterHeader(template, context);
  const { width, height, transform } = raster;
  return { width, height, transform, crs: resolveRasterCrs(raster, context) };
}
