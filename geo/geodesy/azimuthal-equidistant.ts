import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import { eachPosition } from '../geometry/positions.ts';
import { toRadians } from './degree.ts';
import type { Plane } from './plane.ts';

const { Geodesic } = geographiclib;
const wgs84 = Geodesic.WGS84;

export interface Centre {
  readonly longitude: number;
  readonly latitude: number;
}

/**
 * Centre of the bounding box of geographic coordinates, the longitudes taken on the smallest arc that holds
 * all of them; so the centre of Fiji is in Fiji. Undefined for empty geometries.
 */
export function geographicCentre(geometry: Geometry): Centre | undefined {
  const longitudes: number[] = [];
  let south = Infinity;
  let north = -Infinity;
  eachPosition(geometry, ([longitude = 0, latitude = 0]) => {
    longitudes.push(((longitude % 360) + 360) % 360);
    if (latitude < south) south = latitude;
    if (latitude > north) north = latitude;
  });
  if (longitudes.length === 0) return undefined;
  const sorted = Float64Array.from(longitudes).sort();
  // The arc that holds all is what the largest gap between neighbours leaves over.
  let start = sorted[0] ?? Number.NaN;
  let arc = (sorted.at(-1) ?? Number.NaN) - start;
  for (let index = 1; index < sorted.length; index++) {
    const rest = 360 - ((sorted[index] ?? Number.NaN) - (sorted[index - 1] ?? Number.NaN));
    if (rest < arc) {
      arc = rest;
      start = sorted[index] ?? Number.NaN;
    }
  }
  const middle = start + arc / 2;
  return { longitude: middle - 360 * Math.round(middle / 360), latitude: (south + north) / 2 };
}

/**
 * The azimuthal equidistant projection of the WGS 84 ellipsoid about a centre, by geodesics (C. F. F. Karney,
 * Algorithms for geodesics, 2013): the same as PROJ's `+proj=aeqd +datum=WGS84`. Distances from the centre are
 * exact; across the direction to it they are 0.4 % off at 1000 km. Plane coordinates are metres, x to the east.
 */
export function azimuthalEquidistant({ longitude, latitude }: Centre): Plane {
  return {
    forward: ([lon = 0, lat = 0]) => {
      const { s12 = 0, azi1 = 0 } = wgs84.Inverse(latitude, longitude, lat, lon) as {
        s12?: number;
        azi1?: number;
      };
      const azimuth = azi1 * toRadians;
      return [s12 * Math.sin(azimuth), s12 * Math.cos(azimuth)];
    },
    inverse: ([x = 0, y = 0]): Position => {
      const azimuth = Math.atan2(x, y) / toRadians;
      const { lat2 = 0, lon2 = 0 } = wgs84.Direct(latitude, longitude, azimuth, Math.hypot(x, y));
      return [lon2, lat2];
    },
  };
}
