import type { Geometry, Position } from 'geojson';
import { compactCells, latLngToCell, POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from 'h3-js';
import { collectParts } from '../geodesy/antimeridian.ts';

export interface Covering {
  /** 0 (cells of 4 million square kilometres) to 15 (less than a square metre). */
  readonly resolution: number;
  /** Which cells belong to an area: those with their centre in it, all of them in it, or any of them in it. */
  readonly containment: 'center' | 'full' | 'overlap';
  /** Whole families of cells are given as their parents. */
  readonly compact: boolean;
}

const flags = {
  center: POLYGON_TO_CELLS_FLAGS.containmentCenter,
  full: POLYGON_TO_CELLS_FLAGS.containmentFull,
  overlap: POLYGON_TO_CELLS_FLAGS.containmentOverlapping,
};

/**
 * Indices of the H3 cells of the points and areas of a geometry in CRS84, each once, sorted. Edges of areas are
 * straight in longitude and latitude. Parts are covered one by one: those on both sides of the antimeridian too.
 */
export function coverWithCells(geometry: Geometry, { resolution, containment, compact }: Covering): string[] {
  const { points, polygons } = collectParts(geometry);
  const cells = new Set(points.map((point) => cellAt(point, resolution)));
  for (const rings of polygons) {
    const coordinates = rings.filter((ring) => ring.length > 0).map(withoutLongEdges);
    if (coordinates.length === 0) continue;
    for (const cell of polygonToCellsExperimental(coordinates, resolution, flags[containment], true)) {
      cells.add(cell);
    }
  }
  const all = [...cells];
  return (compact ? compactCells(all) : all).sort();
}

/** Index of the cell that holds a position in CRS84. */
export const cellAt = ([longitude = 0, latitude = 0]: Position, resolution: number): string =>
  latLngToCell(latitude, longitude, resolution);

/** Degrees of longitude from which on the library takes an edge to go the other way round the globe. */
const LONGEST = 180;

/** A long edge goes where GeoJSON says, not across the antimeridian. */
function withoutLongEdges(ring: readonly Position[]): Position[] {
  return ring.flatMap((position, index) => {
    const before = ring[index - 1];
    if (!before || Math.abs((position[0] ?? 0) - (before[0] ?? 0)) < LONGEST) return [position];
    return [1 / 3, 2 / 3].map((share) => between(before, position, share)).concat([position]);
  });
}

const between = (from: Position, to: Position, share: number): Position =>
  [0, 1].map((axis) => (from[axis] ?? 0) + share * ((to[axis] ?? 0) - (from[axis] ?? 0)));
