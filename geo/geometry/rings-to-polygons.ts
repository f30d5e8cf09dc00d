import Flatbush from 'flatbush';
import type { Position } from 'geojson';
import { directed, doubledArea } from './winding.ts';

type Ring = readonly Position[];

/**
 * Puts the rings of a Shapefile's polygon together: clockwise ones are outer rings, the others holes of the
 * smallest outer ring around them. A hole that lies in none is an outer ring itself, as in GDAL. The rings come
 * back as RFC 7946 wants them, outer ones counter-clockwise.
 */
export function polygonsFromRings(rings: readonly Ring[]): Position[][][] {
  const isOuter = rings.map((ring) => rings.length === 1 || doubledArea(ring) <= 0);
  const outers = rings.filter((_, index) => isOuter[index]);
  const polygons = new Map(outers.map((ring): [Ring, Position[][]] => [ring, [directed(ring, false)]]));
  const find = finder(outers);
  for (const [index, ring] of rings.entries()) {
    if (isOuter[index]) continue;
    const around = find(ring);
    const polygon = around && polygons.get(around);
    if (polygon) polygon.push(directed(ring, true));
    else polygons.set(ring, [directed(ring, false)]);
  }
  return [...polygons.values()];
}

/** Finds the smallest of some rings that holds another. */
function finder(outers: readonly Ring[]): (hole: Ring) => Ring | undefined {
  const [only] = outers;
  if (!only) return () => undefined;
  if (outers.length === 1) return (hole) => (isInside(hole, only) ? only : undefined);
  const index = new Flatbush(outers.length);
  for (const ring of outers) index.add(...computeRingBounds(ring));
  index.finish();
  const areas = outers.map((ring) => Math.abs(doubledArea(ring)));
  return (hole) =>
    index
      .search(...computeRingBounds(hole))
      .sort((one, other) => (areas[one] ?? 0) - (areas[other] ?? 0))
      .map((number) => outers[number])
      .find((outer) => outer && isInside(hole, outer));
}

function computeRingBounds(ring: Ring): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

/** By the first position that is not on the border of the outer ring; all on it: inside. */
function isInside(hole: Ring, outer: Ring): boolean {
  for (const position of hole) {
    const place = locatePoint(position, outer);
    if (place !== 0) return place > 0;
  }
  return true;
}

/** 1 inside, -1 outside, 0 on the ring. */
function locatePoint([x = 0, y = 0]: Position, ring: Ring): number {
  let inside = false;
  for (let index = 1; index < ring.length; index++) {
    const [ax = 0, ay = 0] = ring[index - 1] ?? [];
    const [bx = 0, by = 0] = ring[index] ?? [];
    if (y < Math.min(ay, by) || y > Math.max(ay, by)) continue;
    const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
    if (side === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx)) return 0;
    if (ay > y !== by > y && side > 0 === by > ay) inside = !inside;
  }
  return inside ? 1 : -1;
}
