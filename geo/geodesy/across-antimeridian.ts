import type { Geometry, Position } from 'geojson';
import { mapPositions } from '../geometry/positions.ts';
import type { Geos } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';
import { collectParts } from './antimeridian.ts';
import { membersWithoutCut } from './without-cut.ts';

/** The most degrees of longitude in which data counts as lying on one side of the globe. */
const HALF_TURN = 180;

/**
 * Tells whether geometries with longitudes in [-180, 180] lie together on one half of the globe that the antimeridian runs
 * through: some at its western side, some at its eastern side, and none within half a turn between. Each line and polygon
 * reaches over all longitudes from its least to its most, as edges are straight in the plane of longitudes and latitudes.
 */
export function lieAcrossAntimeridian(geometries: Iterable<Geometry | null>): boolean {
  const present = Array.from(geometries).filter((geometry) => geometry !== null);
  const [west, , east] = computeBounds(present) ?? [0, 0, 0];
  // A gap of half a turn has the prime meridian in it, or ends there.
  if (east - west <= HALF_TURN || west < -180 || east > 180) return false;
  let [leastEast, mostWest] = [180, -180];
  const take = (positions: readonly Position[]): boolean => {
    let [least, most] = [Infinity, -Infinity];
    for (const [x = 0] of positions) {
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (least < 0 && most > 0) return false;
    if (least >= 0) leastEast = Math.min(leastEast, least);
    else mostWest = Math.max(mostWest, most);
    return leastEast - mostWest >= HALF_TURN;
  };
  for (const geometry of present) {
    const { points, lines, polygons } = collectParts(geometry);
    if (!points.every((point) => take([point])) || !lines.every(take)) return false;
    if (!polygons.every(([exterior = []]) => take(exterior))) return false;
  }
  return true;
}

/**
 * A geometry that lies across the antimeridian with its longitudes from 0 to 360. Parts that were cut there are one again, without the
 * vertices that a cut has made.
 */
export const joinedAcross = (geometry: Geometry, geos: Geos): Geometry =>
  mapPositions(membersWithoutCut(geometry, geos), ([x = 0, ...rest]) => [x < 0 ? x + 360 : x, ...rest]);
