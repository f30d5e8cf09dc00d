import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import { doubledArea } from '../geometry/winding.ts';
import { collectParts } from './antimeridian.ts';
import { isLongEdge, measureStraightEdge } from './straight-edge.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

/** What a geometry measures, by its dimensions: areas have the first two, lines the third, points nothing. */
export interface Measures {
  readonly area?: number;
  /** Length of all rings, those of holes included. */
  readonly perimeter?: number;
  readonly length?: number;
}

/** How rings and lines are measured. */
export interface Measuring {
  ring(ring: readonly Position[]): RingMeasures;
  length(line: readonly Position[]): number;
}

interface RingMeasures {
  /** Not negative. */
  readonly area: number;
  readonly perimeter: number;
}

/**
 * On the WGS 84 ellipsoid, with edges along geodesics: square metres and metres of longitudes and latitudes
 * (C. F. F. Karney, Algorithms for geodesics, 2013). Edges of more than 180 degrees of longitude are straight in longitudes
 * and latitudes. Of a ring within half a turn of longitude, the side that is not more than half of the globe is measured; of
 * others the side that is inside in longitudes and latitudes.
 */
export const geodesicMeasuring: Measuring = {
  // Both at once: the geodesics are what takes the time.
  ring: (ring) => {
    if (isWide(ring)) return wideRing(ring);
    const { area = 0, perimeter } = traverse(ring, false);
    return { area: Math.abs(area), perimeter };
  },
  length: (line) =>
    line.some((position, index) => isLongEdge(line[index - 1] ?? position, position))
      ? wideRing(line).perimeter
      : traverse(line, true).perimeter,
};

/** Whether a ring reaches over more than half a turn of longitude. */
function isWide(ring: readonly Position[]): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const position of ring) {
    const x = position[0] ?? 0;
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return most - least > 180;
}

/** Edge by edge: what lies between each and the equator adds up to what lies inside, all around the globe and at poles. */
function wideRing(ring: readonly Position[]): RingMeasures {
  let [area, perimeter] = [0, 0];
  for (const [index, to] of ring.entries()) {
    const from = ring[index - 1];
    if (!from) continue;
    if (isLongEdge(from, to)) {
      const edge = measureStraightEdge(from, to);
      area += edge.area;
      perimeter += edge.length;
      continue;
    }
    const [[x = 0, y = 0], [toX = 0, toY = 0]] = [from, to];
    const { s12 = 0, S12 = 0 } = wgs84.Inverse(y, x, toY, toX, Geodesic.DISTANCE | Geodesic.AREA);
    area += S12;
    perimeter += s12;
  }
  return { area: Math.abs(area), perimeter };
}

function traverse(line: readonly Position[], isLine: boolean) {
  const traverse = wgs84.Polygon(isLine);
  for (const position of line) traverse.AddPoint(position[1] ?? 0, position[0] ?? 0);
  return traverse.Compute(false, true);
}

/** In a plane. @param metresPerUnit metres in one unit of its axes */
export function planarMeasuring(metresPerUnit: number): Measuring {
  const length = (line: readonly Position[]): number =>
    metresPerUnit *
    line.reduce((sum, [x = 0, y = 0], index) => {
      const [fromX = x, fromY = y] = line[index - 1] ?? [];
      return sum + Math.hypot(x - fromX, y - fromY);
    }, 0);
  return {
    ring: (ring) => ({
      area: (Math.abs(doubledArea(ring)) / 2) * metresPerUnit ** 2,
      perimeter: length(ring),
    }),
    length,
  };
}

/**
 * Measures all parts of a geometry. Parts that overlap count twice.
 *
 * @param seams edges along which it was cut, where it is measured
 */
export function measureGeometry(
  geometry: Geometry,
  measuring: Measuring,
  seams: readonly (readonly Position[])[] = [],
): Measures {
  const { lines, polygons } = collectParts(geometry);
  const measured = polygons.map((rings) => rings.map(measuring.ring));
  return {
    ...(polygons.length > 0 && {
      area: sumBy(
        measured,
        ([exterior, ...holes]) => (exterior?.area ?? 0) - sumBy(holes, ({ area }) => area),
      ),
      perimeter:
        sumBy(measured, (rings) => sumBy(rings, ({ perimeter }) => perimeter)) -
        sumBy(seams, measuring.length),
    }),
    ...(lines.length > 0 && { length: sumBy(lines, measuring.length) }),
  };
}

/**
 * The edges along which areas in longitudes and latitudes were cut at the antimeridian: they are no part of the perimeter. There are some only where one
 * polygon ends there in the east and another in the west; what ends there on one side has a border there, and what goes all the
 * way round (Antarctica) is measured as it is drawn.
 */
export function seamEdges(geometry: Geometry): Position[][] {
  const { polygons } = collectParts(geometry);
  if (polygons.length < 2) return [];
  const touches = (rings: readonly (readonly Position[])[], longitude: number): boolean =>
    rings.some((ring) => ring.some(([x]) => x === longitude));
  // What was joined runs on beyond it.
  const runsOn = (rings: readonly (readonly Position[])[]): boolean =>
    rings.some((ring) => ring.some(([x = 0]) => x > 180));
  const pieces = polygons.filter((rings) => touches(rings, 180) !== touches(rings, -180) && !runsOn(rings));
  if (!pieces.some((rings) => touches(rings, 180)) || !pieces.some((rings) => touches(rings, -180)))
    return [];
  return pieces.flat().flatMap((ring) =>
    ring.flatMap((position, index): Position[][] => {
      const next = ring[index + 1];
      const isSeam = next && Math.abs(position[0] ?? 0) === 180 && next[0] === position[0];
      return isSeam ? [[position, next]] : [];
    }),
  );
}

const sumBy = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);
