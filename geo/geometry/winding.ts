import type { Geometry, Position } from 'geojson';
import { keptWkb } from './lazy-geometry.ts';
import { doubledArea } from './rings.ts';

type Ring = readonly Position[];

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
