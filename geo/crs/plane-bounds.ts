import type { Bounds } from '../geometry/bounds.ts';
import { type Crs, crs84 } from './crs.ts';
import { transformBetweenCrs } from './transformation.ts';

/** Degrees between the places of the globe that are tried. */
const STEP = 5;
/** Degrees by which a place may come back elsewhere and still have its place in the plane. */
const TOLERANCE = 1e-6;

/**
 * Bounds around all places of the globe that a projected CRS has: those that come back from it to where they were. Poles that it
 * has not are left out, and so is what lies too far from the middle of a projection that only holds about it.
 */
export function computePlaneBounds(crs: Crs): Bounds | undefined {
  const [forward, back] = [transformBetweenCrs(crs84, crs), transformBetweenCrs(crs, crs84)];
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let longitude = -180; longitude <= 180; longitude += STEP) {
    for (let latitude = STEP - 90; latitude < 90; latitude += STEP) {
      const [x = Number.NaN, y = Number.NaN] = forward([longitude, latitude]);
      const [again = Number.NaN, latitudeAgain = Number.NaN] = back([x, y]);
      const turn = (again - longitude) / 360;
      const isPlace =
        Math.abs(latitudeAgain - latitude) <= TOLERANCE &&
        Math.abs(turn - Math.round(turn)) * 360 <= TOLERANCE;
      if (!isPlace || !Number.isFinite(x) || !Number.isFinite(y)) continue;
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    }
  }
  return bounds[0] < bounds[2] && bounds[1] < bounds[3] ? bounds : undefined;
}
