import type { Geometry, Position } from 'geojson';
import { isObject } from '../../core/shared/json.ts';

/** Latitudes and longitudes beyond their range by no more than this, in degrees, are rounding: a tenth of a millimetre. */
export const ROUNDING = 1e-9;

/** What was done to geometries that GEOS and the formats do not know as such, by the number of places. */
export interface Mendings {
  /** Rings whose last position did not repeat the first. */
  closed: number;
  /** Lines and rings of too few positions. */
  collapsed: number;
  /** Positions that are no numbers. */
  positions: number;
  /** Geometries of an unknown type, or without their members. */
  unknown: number;
}

/** Nobody need be told of latitudes that were rounded to a pole. */
export const noMendings = (): Mendings => ({ closed: 0, collapsed: 0, positions: 0, unknown: 0 });

/**
 * The geometry with its rings closed, without what has collapsed (rings of fewer than four positions, lines of one) and
 * without positions that are not numbers; latitudes and longitudes that rounding has led out of their range are led
 * back. Null where nothing is left of it.
 *
 * @param degrees in one unit of longitudes and latitudes; undefined for other coordinates
 */
export function mended(geometry: Geometry, degrees: number | undefined, tally: Mendings): Geometry | null {
  const line = (positions: readonly Position[]): Position[] => {
    const sound: Position[] = [];
    for (const position of positions) {
      const one = soundPosition(position, degrees);
      if (one) sound.push(one);
      else tally.positions++;
    }
    return sound;
  };
  const kept = (positions: Position[], least: number): boolean => {
    const keeps = positions.length >= least;
    if (!keeps) tally.collapsed++;
    return keeps;
  };
  const lines = (all: readonly Position[][]) => all.map(line).filter((one) => kept(one, 2));
  const ring = (positions: readonly Position[]): Position[] => {
    const sound = line(positions);
    const [first, last] = [sound[0], sound.at(-1)];
    if (first && last && (first[0] !== last[0] || first[1] !== last[1])) {
      sound.push([...first]);
      tally.closed++;
    }
    return sound;
  };
  const rings = ([outer, ...holes]: readonly Position[][]): Position[][] => {
    const exterior = ring(outer ?? []);
    if (!kept(exterior, 4)) return [];
    return [exterior, ...holes.map(ring).filter((one) => kept(one, 4))];
  };
  const orNull = <G extends Geometry & { coordinates: readonly unknown[] }>(one: G): G | null =>
    one.coordinates.length > 0 ? one : null;
  const { type } = geometry;
  switch (type) {
    case 'Point': {
      const [position] = line([geometry.coordinates]);
      return position ? { ...geometry, coordinates: position } : null;
    }
    case 'MultiPoint':
      return orNull({ ...geometry, coordinates: line(geometry.coordinates) });
    case 'LineString': {
      const [only = []] = lines([geometry.coordinates]);
      return orNull({ ...geometry, coordinates: only });
    }
    case 'MultiLineString':
      return orNull({ ...geometry, coordinates: lines(geometry.coordinates) });
    case 'Polygon':
      return orNull({ ...geometry, coordinates: rings(geometry.coordinates) });
    case 'MultiPolygon': {
      const polygons = geometry.coordinates.map(rings).filter((polygon) => polygon.length > 0);
      return orNull({ ...geometry, coordinates: polygons });
    }
    case 'GeometryCollection': {
      if (!Array.isArray(geometry.geometries)) break;
      const parts = geometry.geometries
        .map((part) => (isObject(part) ? mended(part, degrees, tally) : null))
        .filter((part) => part !== null);
      return parts.length > 0 ? { ...geometry, geometries: parts } : null;
    }
  }
  tally.unknown++;
  return null;
}

function soundPosition(position: Position, degrees: number | undefined): Position | undefined {
  const [x = Number.NaN, y = Number.NaN, ...others] = position;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const heights = others.every(Number.isFinite) ? others : [];
  const [longitude, latitude] =
    degrees === undefined ? [x, y] : [within(x, 180, degrees), within(y, 90, degrees)];
  const isSame = longitude === x && latitude === y && heights.length === others.length;
  return isSame ? position : [longitude, latitude, ...heights];
}

/** A coordinate that is beyond its range by rounding alone is led back to it. */
function within(value: number, limit: number, degrees: number): number {
  const size = Math.abs(value) * degrees;
  return size > limit && size <= limit + ROUNDING ? (Math.sign(value) * limit) / degrees : value;
}

/** The sentence that says what was done; undefined where nothing was. */
export function sentenceOfMendings({ closed, collapsed, positions, unknown }: Mendings): string | undefined {
  const parts = [
    [closed, 'ring was closed', 'rings were closed'],
    [
      collapsed,
      'ring or line with too few positions was left out',
      'rings or lines with too few positions were left out',
    ],
    [positions, 'position that is not a number was left out', 'positions that are not numbers were left out'],
    [unknown, 'geometry that is not GeoJSON became null', 'geometries that are not GeoJSON became null'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, one, more]) => `${count} ${count === 1 ? one : more}`);
  return said.length > 0 ? `Geometries were repaired while they were read: ${said.join(', ')}.` : undefined;
}
