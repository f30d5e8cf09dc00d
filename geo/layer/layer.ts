import type { Feature, Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded, LimitExceeded } from '../../core/shared/errors.ts';
import type { Crs } from '../crs/crs.ts';
import { computeWkbBounds, countWkbVertices } from '../formats/wkb/wkb-measures.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { keptWkb } from '../geometry/lazy-geometry.ts';
import { eachPosition } from '../geometry/positions.ts';

export type Properties = Record<string, unknown>;
export type LayerFeature = Feature<Geometry | null, Properties>;

/** Features with the CRS of their coordinates; what every vector process reads and writes. */
export interface LayerContent {
  /** Geometries as they were before reading cut them at the antimeridian, by the indexes of their features: geodesics cross it elsewhere. */
  readonly uncut?: ReadonlyMap<number, Geometry>;
  readonly features: readonly LayerFeature[];
  readonly crs: Crs;
}

/** A layer as it was read from an input. */
export interface Layer extends LayerContent {
  /** Media type of the format that it was read from. */
  readonly mediaType: string;
  /** JSON pointer to the geometry of the feature at an index, for error messages. */
  readonly geometryPointer: (index: number) => string;
  /** What was wrong with geometries that were mended at reading, by their index: `has a ring that is not closed`. */
  readonly degenerate?: ReadonlyMap<number, string>;
}

/** @throws LimitExceeded naming the amount and the limit. */
export function checkFeatureCount(count: number, pointer: string, { limits }: RunContext): void {
  if (limits.features !== undefined && count > limits.features) {
    throw new ClassLimitExceeded(
      pointer,
      `The layer has ${count} features; the process accepts up to ${limits.features}.`,
    );
  }
}

/** @throws LimitExceeded naming the amount and the limit, and the way out of the synchronous one. */
export function checkVertexCount(count: number, pointer: string, { limits, synchronous }: RunContext): void {
  if (limits.vertices !== undefined && count > limits.vertices) {
    throw new ClassLimitExceeded(
      pointer,
      `The layer has ${count} vertices; the process accepts up to ${limits.vertices}.`,
    );
  }
  if (synchronous && limits.syncVertices !== undefined && count > limits.syncVertices) {
    throw new LimitExceeded(
      pointer,
      `The layer has ${count} vertices; a synchronous execution accepts up to ${limits.syncVertices}. Send "Prefer: respond-async" to run it as a job.`,
    );
  }
}

/** Bounding box of geometries; undefined when they have no position at all. */
export function computeBounds(geometries: Iterable<Geometry | null>): Bounds | undefined {
  let [xmin, ymin, xmax, ymax] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    const wkb = geometry && keptWkb(geometry);
    if (wkb) {
      const [west, south, east, north] = computeWkbBounds(wkb) ?? [Infinity, Infinity, -Infinity, -Infinity];
      xmin = Math.min(xmin, west);
      ymin = Math.min(ymin, south);
      xmax = Math.max(xmax, east);
      ymax = Math.max(ymax, north);
      continue;
    }
    eachPosition(geometry, (position) => {
      const x = position[0] ?? 0;
      const y = position[1] ?? 0;
      if (x < xmin) xmin = x;
      if (x > xmax) xmax = x;
      if (y < ymin) ymin = y;
      if (y > ymax) ymax = y;
    });
  }
  return xmin > xmax ? undefined : [xmin, ymin, xmax, ymax];
}

/** Whether a geometry has no positions. */
export function isEmptyGeometry(geometry: Geometry): boolean {
  const wkb = keptWkb(geometry);
  // Counting the vertices of WKB takes no look at each.
  return wkb ? countWkbVertices(wkb) === 0 : computeBounds([geometry]) === undefined;
}
