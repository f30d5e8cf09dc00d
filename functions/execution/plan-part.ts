import type { PlannedRaster } from '../../core/execution/plan.ts';
import type { BoundingBox } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import type { Layer } from '../../geo/layer/layer.ts';
import type { LocatedGrid } from '../../geo/raster/grid/longitudes.ts';
import { sizeInExtent } from '../../processes/clip-raster/part-from-extent.ts';
import { sizeInFeatures } from '../../processes/clip-raster/part-from-features.ts';
import { checkPoints, findPlaces, groupPlaces } from '../../processes/sample-raster/places.ts';
import {
  checkPolygons,
  findZoneWindow,
  mergeWindows,
  zonesOnRaster,
} from '../../processes/zonal-statistics/zone-windows.ts';

/** What a request says of the part of a raster that its process reads. */
export interface PartRequest {
  readonly grid: LocatedGrid;
  readonly bands: number;
  readonly pointer: string;
  /** The inputs that are plain values, as they stand in the request. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The layer whose features name the part; undefined where it does not lie in the request. */
  readonly layer: { readonly layer: Layer; readonly pointer: string } | undefined;
}

/** The part that would be read. */
interface PlannedPart extends Pick<PlannedRaster, 'window' | 'pixels'> {
  /** Pixels of all bands that count for the limits of the process; undefined where none do. */
  readonly counted?: number;
}

type PlanPart = (request: PartRequest, context: RunContext) => Promise<PlannedPart | undefined>;

/** By process. Of one that reads a part and is not here it shows in the run how much that is. */
const parts: Readonly<Record<string, PlanPart>> = {
  'clip-raster': async ({ grid, bands, values: { extent, crop }, layer }, context) => {
    const isCropped = crop !== false;
    const window = layer
      ? await sizeInFeatures(grid, layer.layer, layer.pointer, isCropped, context)
      : extent === undefined
        ? undefined
        : sizeInExtent(grid, grid.crs, extent as BoundingBox, isCropped);
    if (!window) return undefined;
    const { width, height } = window;
    return { window: { width, height }, counted: width * height * bands };
  },
  'zonal-statistics': async ({ grid, pointer, layer }, context) => {
    if (!layer) return undefined;
    checkPolygons(layer.layer);
    const placed = await zonesOnRaster(layer.layer, { ...grid, pointer }, context);
    const windows = placed.features.map(({ geometry }) => findZoneWindow(geometry, grid));
    const { width, height } = mergeWindows(windows);
    return { pixels: width * height, counted: width * height };
  },
  'sample-raster': async ({ grid, values: { interpolation }, layer }, context) => {
    if (!layer) return undefined;
    checkPoints(layer.layer);
    const places = await findPlaces(layer.layer, grid, context);
    const groups = groupPlaces(grid, places, interpolation === 'bilinear');
    const pixels = groups.reduce((sum, { window }) => sum + (window ? window.width * window.height : 0), 0);
    return { pixels };
  },
};

export const planPart = async (
  processID: string,
  request: PartRequest,
  context: RunContext,
): Promise<PlannedPart | undefined> => parts[processID]?.(request, context);
