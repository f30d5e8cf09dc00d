import type { Geometry, Position } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import { cutAtAntimeridian } from '../geodesy/antimeridian.ts';
import type { WorkingPlane } from '../geodesy/working-planes.ts';
import { eachPosition, mapPositions } from '../geometry/positions.ts';
import type { Geos } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';
import { jumps } from '../reproject/reproject.ts';

const makeKey = ([x, y]: Position): string => `${x} ${y}`;

/**
 * Moves a geometry of the plane back, of which every vertex is one of the original: it gets the position of that,
 * with all its digits and its height. What crosses the antimeridian is cut there.
 *
 * @param original as it went into the plane.
 * @param planar the original as it was moved to the plane.
 */
export function withOriginalPositions(
  result: Geometry,
  original: Geometry,
  planar: Geometry,
  plane: WorkingPlane,
  geos: Geos,
): Geometry {
  const positions: Position[] = [];
  eachPosition(original, (position) => positions.push(position));
  const originals = new Map<string, Position>();
  let index = 0;
  eachPosition(planar, (position) => originals.set(makeKey(position), itemAt(positions, index++)));
  let lost = false;
  const restored = mapPositions(result, (position) => {
    const before = originals.get(makeKey(position));
    lost ||= before === undefined;
    return before ?? position;
  });
  const [west = 0, , east = 0] = computeBounds([restored]) ?? [];
  if (lost || jumps(restored)) return plane.back(result);
  return west < -180 || east > 180 ? cutAtAntimeridian(restored, geos) : restored;
}
