import type { Feature, Geometry, Position } from 'geojson';
import { LimitExceeded } from '../../../core/errors.ts';
import type { RunContext } from '../../../core/processes/declaration.ts';
import { keptWkb } from './lazy-geometry.ts';
import { boundsOfWkb, verticesOfWkb } from './wkb-measures.ts';

export type Properties = Record<string, unknown>;
export type LayerFeature = Feature<Geometry | null, Properties>;

/** Features with the CRS of their coordinates; what every vector process reads and writes. */
export interface LayerContent {
  readonly features: readonly LayerFeature[];
  /** Canonical identifier: the CRS84 URI or `EPSG:n`. Coordinates are x/easting/longitude first. */
  readonly crs: string;
}

/** A layer as it was read from an input. */
export interface Layer extends LayerContent {
  /** Media type of the format that it was read from. */
  readonly mediaType: string;
  /** JSON pointer to the geometry of the feature at an index, for error messages. */
  readonly geometryPointer: (index: number) => string;
}

/** Calls back with every position of a geometry, in order. Ring ends are visited like all others. */
export function eachPosition(geometry: Geometry | null, visit: (position: Position) => void): void {
  if (geometry === null) return;
  switch (geometry.type) {
    case 'Point':
      if (geometry.coordinates.length > 0) visit(geometry.coordinates);
      return;
    case 'MultiPoint':
    case 'LineString':
      for (const position of geometry.coordinates) visit(position);
      return;
    case 'MultiLineString':
    case 'Polygon':
      for (const line of geometry.coordinates) for (const position of line) visit(position);
      return;
    case 'MultiPolygon':
      for (const rings of geometry.coordinates)
        for (const ring of rings) for (const position of ring) visit(position);
      return;
    case 'GeometryCollection':
      for (const part of geometry.geometries) eachPosition(part, visit);
  }
}

/** A copy of a geometry with every position replaced. */
export function mapPositions<G extends Geometry>(geometry: G, map: (position: Position) => Position): G {
  const deep = (value: unknown, depth: number): unknown =>
    depth === 0 ? map(value as Position) : (value as unknown[]).map((item) => deep(item, depth - 1));
  if (geometry.type === 'GeometryCollection') {
    return {
      type: geometry.type,
      geometries: geometry.geometries.map((part) => mapPositions(part, map)),
    } as G;
  }
  if (geometry.coordinates.length === 0) return geometry;
  return { type: geometry.type, coordinates: deep(geometry.coordinates, depths[geometry.type]) } as G;
}

/** How many arrays are around a position. */
export const depths = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

export function countVertices(geometry: Geometry | null): number {
  let count = 0;
  eachPosition(geometry, () => {
    count++;
  });
  return count;
}

/** @throws LimitExceeded naming the amount and the limit. */
export function checkFeatureCount(count: number, pointer: string, { limits }: RunContext): void {
  if (limits.features !== undefined && count > limits.features) {
    throw new LimitExceeded(
      pointer,
      `The layer has ${count} features; the process takes up to ${limits.features}.`,
    );
  }
}

/** @throws LimitExceeded naming the amount and the limit, and the way out of the synchronous one. */
export function checkVertexCount(count: number, pointer: string, { limits, synchronous }: RunContext): void {
  if (limits.vertices !== undefined && count > limits.vertices) {
    throw new LimitExceeded(
      pointer,
      `The layer has ${count} vertices; the process takes up to ${limits.vertices}.`,
    );
  }
  if (synchronous && limits.syncVertices !== undefined && count > limits.syncVertices) {
    throw new LimitExceeded(
      pointer,
      `The layer has ${count} vertices; a synchronous execution takes up to ${limits.syncVertices}. Send "Prefer: respond-async" to run it as a job.`,
    );
  }
}

export type Bounds = readonly [xmin: number, ymin: number, xmax: number, ymax: number];

/** Bounding box of geometries; undefined when they have no position at all. */
export function boundsOf(geometries: Iterable<Geometry | null>): Bounds | undefined {
  let [xmin, ymin, xmax, ymax] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    const wkb = geometry && keptWkb(geometry);
    if (wkb) {
      const [west, south, east, north] = boundsOfWkb(wkb) ?? [Infinity, Infinity, -Infinity, -Infinity];
      xmin = Math.min(xmin, west);
      ymin = Math.min(ymin, south);
      xmax = Math.max(xmax, east);
      ymax = Math.max(ymax, north);
      continue;
    }
    eachPosition(geometry, ([x = 0, y = 0]) => {
      if (x < xmin) xmin = x;
      if (x > xmax) xmax = x;
      if (y < ymin) ymin = y;
      if (y > ymax) ymax = y;
    });
  }
  return xmin > xmax ? undefined : [xmin, ymin, xmax, ymax];
}

export function isEmptyGeometry(geometry: Geometry): boolean {
  const wkb = keptWkb(geometry);
  // Counting the vertices of WKB takes no look at each.
  return wkb ? verticesOfWkb(wkb) === 0 : boundsOf([geometry]) === undefined;
}
