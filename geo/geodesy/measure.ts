import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import { signedArea } from '../geos/rewound.ts';
import { collectParts } from './antimeridian.ts';

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
 * (C. F. F. Karney, Algorithms for geodesics, 2013). Of a ring, the side that is not more than half of the globe
 * is measured.
 */
export const geodesicMeasuring: Measuring = {
  // Both at once: the geodesics are what takes the time.
  ring: (ring) => {
    const { area = 0, perimeter } = traverse(ring, false);
    return { area: Math.abs(area), perimeter };
  },
  length: (line) => traverse(line, true).perimeter,
};

function traverse(line: readonly Position[], isLine: boolean) {
  const traverse = wgs84.Polygon(isLine);
  for (const [longitude = 0, latitude = 0] of line) traverse.AddPoint(latitude, longitude);
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
      area: (Math.abs(signedArea(ring)) / 2) * metresPerUnit ** 2,
      perimeter: length(ring),
    }),
    length,
  };
}

/** Measures all parts of a geometry. Parts that overlap count twice. */
export function measureGeometry(geometry: Geometry, measuring: Measuring): Measures {
  const { lines, polygons } = collectParts(geometry);
  const measured = polygons.map((rings) => rings.map(measuring.ring));
  return {
    ...(polygons.length > 0 && {
      area: sumBy(
        measured,
        ([exterior, ...holes]) => (exterior?.area ?? 0) - sumBy(holes, ({ area }) => area),
      ),
      perimeter: sumBy(measured, (rings) => sumBy(rings, ({ perimeter }) => perimeter)),
    }),
    ...(lines.length > 0 && { length: sumBy(lines, measuring.length) }),
  };
}

const sumBy = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);
