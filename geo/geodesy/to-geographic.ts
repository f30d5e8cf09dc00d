import type { Geometry, Position } from 'geojson';
import type { Geos, GeosScope } from '../geos/geos.ts';
import { collectParts, cutAtAntimeridian, geometryFromParts, type Parts } from './antimeridian.ts';
import type { Plane } from './plane.ts';

export interface ToGeographicOptions {
  /** Called when an area contains a pole; throws where that is not allowed. Else the area is led to the pole. */
  readonly onPole?: (pole: 'North' | 'South') => void;
}

/**
 * Moves a geometry from a plane to longitudes and latitudes, vertex by vertex: edges stay straight between the
 * moved vertices. It is cut at the antimeridian; an area around a pole gets an edge along the pole, as in maps
 * of the whole world. Areas that are not valid after the move (edges bend) are repaired.
 */
export function toGeographic(
  geometry: Geometry,
  plane: Plane,
  geos: Geos,
  { onPole }: ToGeographicOptions = {},
): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  const result: Parts = { points: points.map((point) => plane.inverse(point)), lines: [], polygons: [] };
  for (const line of lines) {
    const coordinates = unwrapped(line, plane);
    collectParts(cutAtAntimeridian({ type: 'LineString', coordinates }, geos), result);
  }
  for (const rings of polygons) collectParts(polygonToGeographic(rings, plane, geos, onPole), result);
  return repaired(geometryFromParts(result, geometry), geos);
}

function polygonToGeographic(
  rings: readonly Position[][],
  plane: Plane,
  geos: Geos,
  onPole: ToGeographicOptions['onPole'],
): Geometry {
  const moved = rings.map((ring) => {
    const positions = unwrapped(ring, plane);
    const pole = poleInside(positions, ring, plane);
    if (pole) onPole?.(pole > 0 ? 'North' : 'South');
    return { positions: pole ? ledToPole(positions, pole) : positions, atPole: pole !== undefined };
  });
  if (!moved.some(({ atPole }) => atPole)) {
    const [exterior = [], ...holes] = moved.map(({ positions }) => positions);
    const coordinates = [exterior, ...holes.map((hole) => alignedWith(exterior, hole))];
    return cutAtAntimeridian({ type: 'Polygon', coordinates }, geos);
  }
  // Rings around a pole start at different longitudes: their areas are subtracted instead of nested.
  const [area, ...holes] = moved.map(({ positions }) =>
    cutAtAntimeridian({ type: 'Polygon', coordinates: [positions] }, geos),
  );
  if (!area) throw new Error('The polygon has no rings.');
  return geos.scope((scope) =>
    scope.geometry(
      holes.reduce((rest, hole) => scope.difference(rest, valid(scope, hole)), valid(scope, area)),
    ),
  );
}

const valid = (scope: GeosScope, geometry: Geometry) => {
  const handle = scope.read(geometry);
  return scope.isValid(handle) ? handle : scope.makeValid(handle);
};

function repaired(geometry: Geometry, geos: Geos): Geometry {
  return geos.scope((scope) => {
    const handle = scope.read(geometry);
    return scope.isValid(handle) ? geometry : scope.geometry(scope.makeValid(handle));
  });
}

/** Halvings of an edge whose longitudes are more than a quarter of the globe apart, to see which way round it goes. */
const HALVINGS = 8;

/** Moves a line or ring so that its longitudes run on across the antimeridian instead of jumping by 360. */
function unwrapped(line: readonly Position[], plane: Plane): Position[] {
  const result: Position[] = [];
  let previous = 0;
  for (const [index, position] of line.entries()) {
    const [longitude = 0, latitude = 0] = plane.inverse(position);
    const before = line[index - 1];
    if (!before) previous = longitude;
    else {
      const expected = previous + turn(before, previous, position, longitude, plane, HALVINGS);
      // Whole turns are added to the longitude itself, so that all its digits stay.
      previous = longitude + 360 * Math.round((expected - longitude) / 360);
    }
    result.push([previous, latitude]);
  }
  return result;
}

const shortest = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

/** By how many degrees of longitude the straight edge of the plane turns; positive to the east. */
function turn(
  a: Position,
  aLongitude: number,
  b: Position,
  bLongitude: number,
  plane: Plane,
  halvings: number,
): number {
  // Two longitudes on both sides of the antimeridian may be near each other, and the edge may go the long way all the same.
  const direct = bLongitude - aLongitude;
  if (Math.abs(direct) <= 90 || halvings === 0) return shortest(direct);
  const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [a, b];
  const middle = [(ax + bx) / 2, (ay + by) / 2];
  const [longitude = 0] = plane.inverse(middle);
  return (
    turn(a, aLongitude, middle, longitude, plane, halvings - 1) +
    turn(middle, longitude, b, bLongitude, plane, halvings - 1)
  );
}

/** Latitude of the pole that a closed ring runs around or touches: 90, -90 or undefined. */
function poleInside(
  moved: readonly Position[],
  ring: readonly Position[],
  plane: Plane,
): 90 | -90 | undefined {
  const touched = moved.find(([, latitude = 0]) => Math.abs(latitude) > 90 - 1e-9);
  if (touched) return (touched[1] ?? 0) > 0 ? 90 : -90;
  if (Math.abs(turnOf(moved)) < 180) return undefined;
  const poles = [90, -90] as const;
  const inside = poles.find((latitude) => isInside(plane.forward([0, latitude]), ring));
  if (inside) return inside;
  return moved.reduce((sum, [, latitude = 0]) => sum + latitude, 0) > 0 ? 90 : -90;
}

function isInside([x = Number.NaN, y = Number.NaN]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  for (let index = 1; index < ring.length; index++) {
    const [ax, ay] = ring[index - 1] as [number, number];
    const [bx, by] = ring[index] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Closes a ring that runs once around a pole along the pole itself. */
function ledToPole(ring: readonly Position[], pole: number): Position[] {
  const [first = []] = ring;
  const [[start = 0], [end = 0]] = [first, ring.at(-1) ?? []];
  if (Math.abs(turnOf(ring)) < 180) return [...ring];
  return [...ring, [end, pole], [start, pole], first];
}

/** Degrees of longitude from the first position of a ring to its last. */
function turnOf(ring: readonly Position[]): number {
  const [[start = 0], [end = 0]] = [ring[0] ?? [], ring.at(-1) ?? []];
  return end - start;
}

/** Turns a hole by whole turns into the longitudes of its exterior ring. */
function alignedWith(exterior: readonly Position[], hole: readonly Position[]): Position[] {
  const middle = (ring: readonly Position[]) => {
    const longitudes = ring.map(([longitude = 0]) => longitude);
    return (minimum(longitudes) + maximum(longitudes)) / 2;
  };
  const turns = Math.round((middle(exterior) - middle(hole)) / 360);
  return turns === 0
    ? [...hole]
    : hole.map(([longitude = 0, latitude = 0]) => [longitude + 360 * turns, latitude]);
}

const minimum = (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value));
const maximum = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value));
