import type { Position } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { computeBounds } from '../layer/layer.ts';
import { computeCellCorners, trianglesAround } from './cell-corners.ts';
import { clippedTo, convexHull, type Vertex } from './convex.ts';
import { makeFrame, placePoints, type Triangulation, triangulated } from './triangulation.ts';

/**
 * Far corners that close all cells. Sites and box lie in [-1, 1], so every place of the box has a site within 2.9,
 * and none of these corners within 9: they change nothing inside the box.
 */
const FAR: readonly Vertex[] = [
  [-8, -8],
  [8, -8],
  [8, 8],
  [-8, 8],
];

/** Sites that are closer than this, in [-1, 1], are one: where the border between them runs cannot be computed. */
const NEAREST = 1e-12;

/**
 * The Voronoi cells of different sites inside a box: polygons, counter-clockwise, without repeating the first
 * vertex. Empty where a cell does not reach the box, and for sites that are closer to an earlier one than a
 * trillionth of the whole. Neighbours share the very same vertices. Built on the Delaunay triangulation: the corners
 * of a cell are the centres of the circles around the triangles of its site.
 */
export function voronoiCells(sites: readonly Position[], box: Bounds): (readonly Vertex[])[] {
  const all = computeBounds([
    { type: 'MultiPoint', coordinates: [[box[0], box[1]], [box[2], box[3]], ...sites] },
  ]) as Bounds;
  const frame = makeFrame(all);
  const { indices, coordinates, triangulation } = apart(placePoints(sites, frame));
  const corners = computeCellCorners(coordinates, triangulation).map(frame.outside);
  const cells: (readonly Vertex[])[] = sites.map(() => []);
  for (const [place, triangles] of trianglesAround(indices.length, triangulation).entries()) {
    const cell = convexHull(triangles.map((triangle) => itemAt(corners, triangle)));
    cells[itemAt(indices, place)] = clippedTo(box, cell);
  }
  return cells;
}

/** The triangulation of the sites that are not too close to an earlier one, and of the far corners. */
function apart({ places, indices }: ReturnType<typeof placePoints>): {
  readonly indices: readonly number[];
  readonly coordinates: Float64Array;
  readonly triangulation: Triangulation;
} {
  const coordinates = Float64Array.from([...places, ...FAR].flat());
  const triangulation = triangulated(coordinates);
  const close = closeSites(places, triangulation);
  if (close.size === 0) return { indices, coordinates, triangulation };
  const kept = (_: unknown, place: number) => !close.has(place);
  return apart({ places: places.filter(kept), indices: indices.filter(kept) });
}

/** The nearest neighbour of a site is always joined to it, so close ones are found among the edges. */
function closeSites(
  places: ReturnType<typeof placePoints>['places'],
  { triangles, twins }: Triangulation,
): Set<number> {
  const close = new Set<number>();
  for (const [edge, twin] of twins.entries()) {
    if (twin < edge) continue;
    const [one, other] = [triangles[edge] ?? 0, triangles[twin] ?? 0];
    const [a, b] = [places[one], places[other]];
    if (a && b && Math.hypot(a[0] - b[0], a[1] - b[1]) < NEAREST) close.add(Math.max(one, other));
  }
  return close;
}
