import type { Geometry, Position } from 'geojson';
import { keptWkb } from './lazy-geometry.ts';

type Ring = readonly Position[];

/** Twice the area of a ring about its first position; positive where it goes counter-clockwise. */
export function doubledArea(ring: Ring): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const [ax = 0, ay = 0] = ring[index - 1] ?? [];
    const [bx = 0, by = 0] = ring[index] ?? [];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

/** The ring in the direction that is wanted. */
export const directed = (ring: Ring, clockwise: boolean): Position[] =>
  doubledArea(ring) < 0 === clockwise ? [...ring] : ring.toReversed();

/** Whether a ring goes the way of its place: outer ones counter-clockwise, holes clockwise. */
const isWound = (ring: Ring, index: number): boolean =>
  index === 0 ? doubledArea(ring) >= 0 : doubledArea(ring) <= 0;

const areWound = (rings: readonly Ring[]): boolean => rings.every(isWound);

const windRings = (rings: readonly Position[][]): Position[][] =>
  rings.map((ring, index) => (isWound(ring, index) ? ring : ring.toReversed()));

/** The members that a geometry brought along; those that are kept as WKB have none. */
const members = (geometry: Geometry): object => (keptWkb(geometry) ? {} : geometry);

/**
 * The geometry with its rings as GeoJSON and KML want them (RFC 7946 section 3.1.6, right-hand rule): outer rings
 * counter-clockwise, holes clockwise. What is so already comes back as it is.
 */
export function wound(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Polygon':
      return areWound(geometry.coordinates)
        ? geometry
        : { ...members(geometry), type: 'Polygon', coordinates: windRings(geometry.coordinates) };
    case 'MultiPolygon':
      return geometry.coordinates.every(areWound)
        ? geometry
        : { ...members(geometry), type: 'MultiPolygon', coordinates: geometry.coordinates.map(windRings) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map(wound) };
    default:
      return geometry;
  }
}

/** The same of a feature, or of anything else with a geometry. */
export function woundFeature<F extends { readonly geometry: Geometry | null }>(feature: F): F {
  const geometry = feature.geometry && wound(feature.geometry);
  return geometry === feature.geometry ? feature : { ...feature, geometry };
}
