import type { Geometry, Position } from 'geojson';
import { collectParts } from './antimeridian.ts';
import { degreeAt } from './degree.ts';

/** The WGS 84 ellipsoid. */
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR = 6_378_137 * (1 - FLATTENING);
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));

/**
 * Degrees of longitude over which no geodesic runs, as it would go the other way round: what is longer is the straight line
 * between its ends in the plane of longitudes and latitudes, as GeoJSON has all edges (RFC 7946, 3.1.1 and 3.1.9).
 */
const HALF_TURN = 180;

/** Intervals of Simpson's rule; twice as many change the measures of no edge by more than a part in 1e12. */
const INTERVALS = 256;

/** Whether an edge between longitudes and latitudes, in degrees, goes the long way round: more than 180 degrees. */
export const isLongEdge = ([x = 0]: Position, [toX = 0]: Position): boolean => Math.abs(toX - x) > HALF_TURN;

/** Square metres between the equator and a latitude, for each degree of longitude (Snyder 1987, equation 3-12). */
function areaBelow(latitude: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const scaled = ECCENTRICITY * sine;
  const authalic = sine / (1 - scaled * scaled) + Math.log((1 + scaled) / (1 - scaled)) / (2 * ECCENTRICITY);
  return (SEMI_MINOR * SEMI_MINOR * authalic * Math.PI) / 360;
}

/**
 * Measures of an edge that is straight in longitudes and latitudes, on the WGS 84 ellipsoid.
 *
 * @returns metres, and the square metres between it and the equator: positive to the east in the north.
 */
export function measureStraightEdge(
  from: Position,
  to: Position,
): { readonly length: number; readonly area: number } {
  const [[x = 0, y = 0], [toX = 0, toY = 0]] = [from, to];
  const [across, along] = [toX - x, toY - y];
  let [length, area] = [0, 0];
  for (let step = 0; step <= INTERVALS; step++) {
    const weight = step === 0 || step === INTERVALS ? 1 : step % 2 === 1 ? 4 : 2;
    const latitude = y + (along * step) / INTERVALS;
    const { eastward, northward } = degreeAt(latitude);
    length += weight * Math.hypot(across * eastward, along * northward);
    area += weight * areaBelow(latitude) * across;
  }
  return { length: length / (3 * INTERVALS), area: area / (3 * INTERVALS) };
}

/** Whether an area or line has an edge of more than half a turn. */
export function hasLongEdges(geometry: Geometry): boolean {
  const { lines, polygons } = collectParts(geometry);
  return [...lines, ...polygons.flat()].some((line) =>
    line.some((position, index) => isLongEdge(line[index - 1] ?? position, position)),
  );
}
