import type { Geometry, Position } from 'geojson';
import { getHexagonAreaAvg, getHexagonEdgeLengthAvg, UNITS } from 'h3-js';
import { itemAt } from '../../core/shared/item-at.ts';
import { collectParts } from '../geodesy/antimeridian.ts';
import type { Covering } from './covering.ts';

const EARTH_RADIUS_KILOMETRES = 6371.0088;
const RADIAN = Math.PI / 180;

/** Share of the cells on an outline, per edge length of a cell, that have their centre outside. */
const BEYOND = 0.37;

/**
 * About how many cells cover the points and areas of a geometry in CRS84: what it would cost, before it is paid.
 * Cells have 0.6 to 1.3 times the mean area.
 */
export function estimatedCount(geometry: Geometry, { resolution, containment }: Covering): number {
  const { points, polygons } = collectParts(geometry);
  const area = getHexagonAreaAvg(resolution, UNITS.km2);
  const edge = getHexagonEdgeLengthAvg(resolution, UNITS.km);
  return polygons.reduce((count, [exterior = [], ...holes]) => {
    const inside = computeArea(exterior) - holes.reduce((sum, hole) => sum + computeArea(hole), 0);
    const outline = [exterior, ...holes].reduce((sum, ring) => sum + computeLength(ring), 0);
    return count + inside / area + (containment === 'overlap' ? (BEYOND * outline) / edge : 0);
  }, points.length);
}

const listSegments = (ring: readonly Position[]) =>
  ring.slice(1).map((to, index) => {
    const from = itemAt(ring, index);
    const [south, north] = [(from[1] ?? 0) * RADIAN, (to[1] ?? 0) * RADIAN];
    return { east: ((to[0] ?? 0) - (from[0] ?? 0)) * RADIAN, south, north };
  });

/** Square kilometres inside a ring on the sphere. */
function computeArea(ring: readonly Position[]): number {
  const sum = listSegments(ring).reduce(
    (total, { east, south, north }) => total + east * (Math.sin(south) + Math.sin(north)),
    0,
  );
  return (Math.abs(sum) / 2) * EARTH_RADIUS_KILOMETRES ** 2;
}

/** Kilometres along a ring on the sphere, about. */
function computeLength(ring: readonly Position[]): number {
  const sum = listSegments(ring).reduce(
    (total, { east, south, north }) =>
      total + Math.hypot(east * Math.cos((south + north) / 2), north - south),
    0,
  );
  return sum * EARTH_RADIUS_KILOMETRES;
}
