import type { Geometry, Position } from 'geojson';
import type { Crs } from '../crs/crs.ts';
import type { Interruptions } from '../crs/projections/interruptions.ts';
import { findMeridian, type Seams, transformInSteps } from '../crs/seams.ts';
import { mapPositions } from '../geometry/positions.ts';
import type { Geos } from '../geos/geos.ts';
import { computeBounds } from '../layer/layer.ts';
import { collectParts, cutAtAntimeridian, geometryFromParts, type Parts } from './antimeridian.ts';

const TURN = 360;
const HALF_TURN = 180;
/** Degrees by which the end of a map may be missed. */
const ROUNDING = 1e-9;

/** A longitude in the turn about a meridian; on its end, on the side on which it is given, as projections have it. */
function about(meridian: number, longitude: number): number {
  const degrees = longitude - meridian;
  return Math.abs(degrees) <= HALF_TURN + ROUNDING
    ? degrees
    : degrees - TURN * Math.floor((degrees + HALF_TURN) / TURN);
}

/** Tells whether what lies between two longitudes may lie across the seams of a map, or end there, without a look at its edges. */
export function lyingAcross(
  { centralMeridian, interruptions }: Seams,
  from: Crs,
): (west: number, east: number) => boolean {
  const end = centralMeridian - findMeridian(from) + HALF_TURN;
  const turn = (longitude: number) => Math.floor((longitude - end) / TURN);
  return (west, east) => interruptions !== undefined || turn(west - ROUNDING) < turn(east + ROUNDING);
}

/**
 * Tells whether edges cross a place where a map is cut: their ends lie near each other on the globe, and far from each other on
 * the map.
 */
export function seamCrossing(
  { centralMeridian, interruptions }: Seams,
  from: Crs,
): (from: Position, to: Position) => boolean {
  const meridian = centralMeridian - findMeridian(from);
  return ([x = 0, y = 0], [otherX = 0, otherY = 0]) => {
    const [one, other] = [about(meridian, x), about(meridian, otherX)];
    // The edge goes the way that its longitudes say.
    if (Math.abs(other - one - (otherX - x)) > 1e-6) return true;
    if (!interruptions) return false;
    return lobeAt(interruptions, one, y) !== lobeAt(interruptions, other, otherY);
  };
}

/** The number of the lobe of an interrupted map; those south of the equator are negative. */
function lobeAt({ north, south }: Interruptions, longitude: number, latitude: number): number {
  const cuts = latitude >= 0 ? north : south;
  const index = cuts.filter((cut) => longitude > cut).length;
  return latitude >= 0 ? index : -1 - index;
}

/** Whether a geometry has edges over the seams of a map. */
export function crossesSeams(
  geometry: Geometry,
  crosses: (from: Position, to: Position) => boolean,
): boolean {
  const { lines, polygons } = collectParts(geometry);
  const some = (line: readonly Position[]): boolean =>
    line.some((position, index) => index > 0 && crosses(line[index - 1] ?? position, position));
  return lines.some(some) || polygons.some((rings) => rings.some(some));
}

/**
 * Moves a geometry with longitudes and latitudes to a map, cut where that is cut: each part lies on its side of it.
 *
 * @param to with the seams
 */
export function cutAtSeams(geometry: Geometry, from: Crs, to: Crs, seams: Seams, geos: Geos): Geometry {
  const { toDegrees, project } = transformInSteps(from, to);
  const meridian = seams.centralMeridian - findMeridian(to);
  const shift = findMeridian(from) - findMeridian(to);
  // From the central meridian, but running on as the longitudes of the geometry do.
  const turned = mapPositions(geometry, (position) => {
    const [x = Number.NaN, ...rest] = toDegrees(position);
    const expected = (position[0] ?? Number.NaN) + shift;
    return [x - meridian - TURN * Math.round((x - expected) / TURN), ...rest];
  });
  const cut = cutAtAntimeridian(turned, geos);
  const onMap = ([x = Number.NaN, ...rest]: Position): Position => project([x + meridian, ...rest]);
  return seams.interruptions ? inLobes(cut, seams.interruptions, onMap, geos) : mapPositions(cut, onMap);
}

/** Degrees, a hundredth of a millimetre, by which what lies on a border between two lobes is led into its own. */
const INWARDS = 1e-10;

/** Cuts lines and areas at the borders of the lobes of a map, and moves each part within its lobe. */
function inLobes(
  geometry: Geometry,
  interruptions: Interruptions,
  onMap: (position: Position) => Position,
  geos: Geos,
): Geometry {
  const { points, lines, polygons } = collectParts(geometry);
  return geos.scope((scope) => {
    const pieces: Parts = { points: points.map(onMap), lines: [], polygons: [] };
    const flat = geometryFromParts({ points: [], lines, polygons }, geometry);
    const [west = 0, , east = 0] = computeBounds([flat]) ?? [];
    const read = scope.read(flat);
    const valid = scope.isValid(read) ? read : scope.makeValid(read);
    for (const [from, to, south, north] of listLobes(interruptions)) {
      if (east <= from || west >= to) continue;
      const ring = [
        [from, south],
        [to, south],
        [to, north],
        [from, north],
        [from, south],
      ];
      const lobe = scope.read({ type: 'Polygon', coordinates: [ring] });
      const part = scope.geometry(scope.intersection(valid, lobe));
      const inside = (position: Position): Position => {
        const [x = 0, ...rest] = position;
        return onMap([Math.max(from + INWARDS, Math.min(to - INWARDS, x)), ...rest]);
      };
      collectParts(mapPositions(part, inside), pieces);
    }
    // Parts that meet along the equator are one.
    const areas: Geometry = { type: 'MultiPolygon', coordinates: pieces.polygons };
    const united = pieces.polygons.length > 1 ? scope.geometry(scope.unaryUnion(scope.read(areas))) : areas;
    return geometryFromParts({ ...pieces, polygons: collectParts(united).polygons }, geometry);
  });
}

type Lobe = readonly [west: number, east: number, south: number, north: number];

function listLobes({ north, south }: Interruptions): Lobe[] {
  const between = (cuts: readonly number[], low: number, high: number): Lobe[] => {
    const ends = [-HALF_TURN, ...cuts, HALF_TURN];
    return cuts.concat(HALF_TURN).map((cut, index): Lobe => [ends[index] ?? -HALF_TURN, cut, low, high]);
  };
  return [...between(north, 0, 90), ...between(south, -90, 0)];
}
