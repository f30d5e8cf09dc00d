import type { PlannedRaster } from '../../core/execution/plan.ts';
import type { RunContext } from '../../core/run/context.ts';
import type { Layer } from '../../geo/layer/layer.ts';
import type { LocatedGrid } from '../../geo/raster/grid/longitudes.ts';

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

/**
 * The part of a raster that a run would read, found without reading it; undefined where only the run finds it. `plan.ts` beside a declaration
 * whose raster `reads` a part exports one.
 *
 * @throws InvalidInput as the run, where the request names no part of the raster
 */
export type PlanPart = (request: PartRequest, context: RunContext) => Promise<PlannedPart | undefined>;
