import type { Geometry, Position } from 'geojson';
import { mapPositions } from '../geometry/positions.ts';
import { readDimension } from '../geos/geometry-types.ts';
import type { Geos, GeosScope, Handle } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';
import { collectParts, geometryFromParts } from './antimeridian.ts';

/** The most degrees of longitude in which data counts as lying on one side of the globe. */
const HALF_TURN = 180;

/**
 * Tells whether geometries with longitudes in [-180, 180] lie together on one half of the globe that the antimeridian runs
 * through: some at its western side, some at its eastern side, and none within half a turn between. Each line and polygon
 * reaches over all longitudes from its least to its most, as edges are straight in the plane of longitudes and latitudes.
 */
export function lieAcrossAntimeridian(geometries: Iterable<Geometry | null>): boolean {
  const present = Array.from(geometries).filter((geometry) => geometry !== null);
  const [west, , east] = computeBounds(present) ?? [0, 0, 0];
  // A gap of half a turn has the prime meridian in it, or ends there.
  if (east - west <= HALF_TURN || west < -180 || east > 180) return false;
  let [leastEast, mostWest] = [180, -180];
  const take = (positions: readonly Position[]): boolean => {
    let [least, most] = [Infinity, -Infinity];
    for (const [x = 0] of positions) {
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (least < 0 && most > 0) return false;
    if (least >= 0) leastEast = Math.min(leastEast, least);
    else mostWest = Math.max(mostWest, most);
    return leastEast - mostWest >= HALF_TURN;
  };
  for (const geometry of present) {
    const { points, lines, polygons } = collectParts(geometry);
    if (!points.every((point) => take([point])) || !lines.every(take)) return false;
    if (!polygons.every(([exterior = []]) => take(exterior))) return false;
  }
  return true;
}

/**
 * A geometry that lies across the antimeridian with its longitudes from 0 to 360. Parts that were cut there are one again:
 * polygons that meet along it are united, lines that end where another begins are joined.
 */
export function joinedAcross(geometry: Geometry, geos: Geos): Geometry {
  const turned = mapPositions(geometry, ([x = 0, ...rest]) => [x < 0 ? x + 360 : x, ...rest]);
  const [west, , east] = computeBounds([geometry]) ?? [];
  if (west !== -180 || east !== 180) return turned;
  return geometry.type === 'GeometryCollection' ? joinedCollection(turned, geos) : joined(turned, geos);
}

/** Member by member: what overlaps in a collection stays apart. */
const joinedCollection = (geometry: Geometry, geos: Geos): Geometry =>
  geometry.type === 'GeometryCollection'
    ? { ...geometry, geometries: geometry.geometries.map((part) => joinedCollection(part, geos)) }
    : joined(geometry, geos);

function joined(turned: Geometry, geos: Geos): Geometry {
  if (turned.type !== 'MultiPolygon' && turned.type !== 'MultiLineString') return turned;
  const parts = collectParts(turned);
  if (turned.type === 'MultiLineString')
    return geometryFromParts({ ...parts, lines: joinedLines(parts.lines) }, turned);
  return geometryFromParts({ ...parts, polygons: unitedPolygons(parts.polygons, geos) }, turned);
}

const touches = (ring: readonly Position[]): boolean => ring.some(([x]) => x === 180);

/** Unites the polygons that reach to 180 degrees; the others stay as they are. */
function unitedPolygons(polygons: readonly Position[][][], geos: Geos): Position[][][] {
  const cut = polygons.filter(([exterior = []]) => touches(exterior));
  if (cut.length < 2) return [...polygons];
  return geos.scope((scope) => {
    const handles = cut.map((rings): Handle => scope.read({ type: 'Polygon', coordinates: rings }));
    // Only what is valid has a union that is sure.
    if (!handles.every((handle) => scope.isValid(handle))) return [...polygons];
    const rest = polygons.filter(([exterior = []]) => !touches(exterior));
    return [...rest, ...collectParts(unitedIn(scope, cut)).polygons];
  });
}

/** The union of polygons, with the vertices of all. */
export const unitedIn = (scope: GeosScope, polygons: readonly Position[][][]): Geometry =>
  scope.geometry(scope.unaryUnion(scope.read({ type: 'MultiPolygon', coordinates: [...polygons] })));

/** Joins pairs of lines that meet in an end at 180 degrees. */
function joinedLines(lines: readonly Position[][]): Position[][] {
  const ends = new Map<string, number>();
  for (const line of lines)
    for (const [x, y] of [line[0] ?? [], line.at(-1) ?? []])
      if (x === 180) ends.set(`${y}`, (ends.get(`${y}`) ?? 0) + 1);
  // Where more than two meet, none is more the other part of a line than another.
  const meets = ([x, y]: Position, [otherX, otherY]: Position): boolean =>
    x === 180 && otherX === 180 && y === otherY && ends.get(`${y}`) === 2;
  const result: Position[][] = [];
  for (const line of lines) {
    let whole = line;
    for (const [index, other] of [...result.entries()].reverse()) {
      const linked = linkedLines(other, whole, meets);
      if (!linked) continue;
      whole = linked;
      result.splice(index, 1);
    }
    result.push(whole);
  }
  return result;
}

function linkedLines(
  one: Position[],
  other: Position[],
  meets: (end: Position, otherEnd: Position) => boolean,
): Position[] | undefined {
  const [first = [], last = []] = [one[0], one.at(-1)];
  const [otherFirst = [], otherLast = []] = [other[0], other.at(-1)];
  if (meets(last, otherFirst)) return [...one, ...other.slice(1)];
  if (meets(otherLast, first)) return [...other, ...one.slice(1)];
  if (meets(last, otherLast)) return [...one, ...other.toReversed().slice(1)];
  if (meets(first, otherFirst)) return [...one.toReversed(), ...other.slice(1)];
  return undefined;
}

/** The parts of a geometry, each by itself; those that meet across the antimeridian are one. */
export function partsAcross(geometry: Geometry, geos: Geos): Geometry[] {
  const { polygons, ...others } = collectParts(geometry);
  return [
    ...listParts(
      geometryFromParts({ ...others, polygons: [] }, { type: 'GeometryCollection', geometries: [] }),
    ),
    ...groupsAcross(polygons, geos).map((group) =>
      geometryFromParts({ points: [], lines: [], polygons: group }, geometry),
    ),
  ];
}

/** The parts of a geometry, each by itself. */
export function listParts(geometry: Geometry): Geometry[] {
  const { points, lines, polygons } = collectParts(geometry);
  return [
    ...points.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
    ...lines.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
    ...polygons.map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  ];
}

/** Groups of polygons of which each shares an edge at 180 degrees with another one at -180 degrees. */
export function groupsAcross(polygons: readonly Position[][][], geos: Geos): Position[][][][] {
  const at = (longitude: number) =>
    polygons.flatMap((rings, index) => (rings[0]?.some(([x]) => x === longitude) ? [index] : []));
  const [eastern, western] = [at(180), at(-180)];
  const group = polygons.map((_, index) => index);
  if (eastern.length > 0 && western.length > 0) {
    geos.scope((scope) => {
      const seam = (index: number, longitude: number): Handle =>
        scope.intersection(
          scope.read({ type: 'Polygon', coordinates: polygons[index] ?? [] }),
          scope.read(meridian(longitude)),
        );
      const onEast = eastern.map((index) => [index, seam(index, 180)] as const);
      for (const other of western) {
        const turned = mapPositions(scope.geometry(seam(other, -180)), ([, y = 0]) => [180, y]);
        const edge = scope.read(turned);
        for (const [one, own] of onEast) {
          const [from, to] = [group[other], group[one]];
          const common = scope.intersection(own, edge);
          if (from === to || scope.isEmpty(common) || readDimension(geos, common) !== 1) continue;
          for (const index of group.keys()) if (group[index] === from) group[index] = to ?? index;
        }
      }
    });
  }
  return [...Map.groupBy(polygons.keys(), (index) => group[index]).values()].map((members) =>
    members.flatMap((index) => polygons.slice(index, index + 1)),
  );
}

const meridian = (longitude: number): Geometry => ({
  type: 'LineString',
  coordinates: [
    [longitude, -90],
    [longitude, 90],
  ],
});
