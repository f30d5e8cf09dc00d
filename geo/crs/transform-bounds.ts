import type { Bounds } from '../geometry/bounds.ts';
import { type Crs, sameCrs } from './crs.ts';
import { transformBetweenCrs } from './transformation.ts';

/** Points per edge between its corners, as `rasterio.warp.transform_bounds` has them by default. */
const POINTS_PER_EDGE = 21;

/** A jump of longitudes between neighbours, in degrees, that means the antimeridian. */
const JUMP = 200;

/**
 * Bounds in another CRS: of the outline, densified, because edges bend. The same as
 * `OCTTransformBounds` of GDAL (and `rasterio.warp.transform_bounds`): in a geographic target, bounds across the
 * antimeridian have their west edge to the east of their east edge, and bounds around a pole reach to it and around
 * the globe. Geographic bounds may be given that way as well. Points that have no place in the target are left out.
 *
 * @param densify points added to each edge.
 * @returns undefined when no point of the outline has a place in the target.
 */
export function transformBounds(
  bounds: Bounds,
  from: Crs,
  to: Crs,
  densify: number = POINTS_PER_EDGE,
): Bounds | undefined {
  if (sameCrs(from, to)) return bounds;
  const forward = transformBetweenCrs(from, to);
  const points = outlineOf(bounds, from, densify)
    .map(forward)
    .filter((point): point is [number, number] => point.every(Number.isFinite));
  if (points.length === 0) return undefined;
  const longitudes = points.map(([x]) => x);
  const [ymin, ymax] = extremes(points.map(([, y]) => y));
  if (!to.isGeographic) {
    const [xmin, xmax] = extremes(longitudes);
    return [xmin, ymin, xmax, ymax];
  }
  const back = transformBetweenCrs(to, from);
  const holdsPole = (latitude: number) => {
    const [x = Number.NaN, y = Number.NaN] = back([0, latitude]);
    return bounds[0] < x && x < bounds[2] && bounds[1] < y && y < bounds[3];
  };
  if (holdsPole(90)) return [-180, ymin, 180, 90];
  if (holdsPole(-90)) return [-180, -90, 180, ymax];
  const [west, east] = findLongitudeRange(longitudes);
  return [west, ymin, east, ymax];
}

/** Positions along the outline of bounds in a CRS. @param densify points added to each edge */
export const outlineOf = (bounds: Bounds, crs: Crs, densify = POINTS_PER_EDGE): [number, number][] =>
  outline(bounds, densify + 1, crs.isGeographic);

/** The outline as a ring, counter-clockwise from the upper left, each edge without its end. */
function outline([xmin, ymin, xmax, ymax]: Bounds, steps: number, geographic: boolean): [number, number][] {
  const width = geographic && xmax < xmin ? xmax - xmin + 360 : xmax - xmin;
  const [dx, dy] = [width / steps, (ymax - ymin) / steps];
  const edge = (at: (step: number) => [number, number]) =>
    Array.from({ length: steps }, (_, step) => at(step));
  return [
    ...edge((step) => [xmin, ymax - step * dy]),
    ...edge((step) => [xmin + step * dx, ymin]),
    ...edge((step) => [xmax, ymin + step * dy]),
    ...edge((step) => [xmax - step * dx, ymax]),
  ];
}

/** West and east of a ring of longitudes; west of more than east where it crosses the antimeridian. */
function findLongitudeRange(longitudes: readonly number[]): [west: number, east: number] {
  const [least, most] = extremes(longitudes);
  let crossings = 0;
  let eastern = Infinity;
  let western = -Infinity;
  let side: 'eastern' | 'western' | undefined;
  let [leastSoFar, mostSoFar] = [Infinity, -Infinity];
  for (const [index, longitude] of longitudes.entries()) {
    const step = longitude - (longitudes.at(index - 1) ?? longitude);
    if (Math.abs(step) >= JUMP) {
      // The side that the ring was on before its first crossing is only known now.
      if (crossings === 0 && step < 0) eastern = leastSoFar;
      if (crossings === 0 && step > 0) western = mostSoFar;
      side = step < 0 ? 'western' : 'eastern';
      crossings++;
    }
    if (side === 'eastern') eastern = Math.min(eastern, longitude);
    if (side === 'western') western = Math.max(western, longitude);
    leastSoFar = Math.min(leastSoFar, longitude);
    mostSoFar = Math.max(mostSoFar, longitude);
  }
  if (crossings === 2) return [eastern, western];
  return crossings === 4 ? [-180, 180] : [least, most];
}

function extremes(values: readonly number[]): [least: number, most: number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}
