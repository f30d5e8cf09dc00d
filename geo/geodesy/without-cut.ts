import type { Geometry, Position } from 'geojson';
import { doubledArea } from '../geometry/winding.ts';
import type { Geos } from '../geos/geos.ts';
import { computeBounds, type LayerContent } from '../layer/layer.ts';
import { collectParts, geometryFromParts } from './antimeridian.ts';
import { withoutCutVertices } from './cut-vertices.ts';
import { linesWithoutCut } from './lines-without-cut.ts';
import { groupsAcross } from './parts-across.ts';

/** Share of an area by which a union may differ from its parts by rounding. */
const ROUNDING = 1e-9;

/** A geometry of a geographic layer as it was drawn, or, where it came in pieces, as it was before it was cut. */
export const geometryWithoutCut = (
  geometry: Geometry,
  index: number,
  { uncut }: Pick<LayerContent, 'uncut'>,
  geos: Geos,
): Geometry => uncut?.get(index) ?? withoutCut(geometry, geos);

/**
 * A geometry in longitudes and latitudes as it was before it was cut at the antimeridian, with longitudes that run on beyond 180:
 * a geodesic crosses the antimeridian elsewhere than the straight line along which the cut was made. What was not cut comes back
 * as it is.
 */
function withoutCut(geometry: Geometry, geos: Geos): Geometry {
  const [west, , east] = computeBounds([geometry]) ?? [];
  if (west !== -180 || east !== 180) return geometry;
  const { points, lines, polygons } = collectParts(geometry);
  const whole = { points, lines: linesWithoutCut(lines), polygons: polygonsWithoutCut(polygons, geos) };
  const isSame = whole.lines.length === lines.length && whole.polygons.length === polygons.length;
  return isSame ? geometry : geometryFromParts(whole, geometry);
}

/** The same, each member of a collection by itself: what overlaps there stays apart. */
export const membersWithoutCut = (geometry: Geometry, geos: Geos): Geometry =>
  geometry.type === 'GeometryCollection'
    ? { ...geometry, geometries: geometry.geometries.map((part) => membersWithoutCut(part, geos)) }
    : withoutCut(geometry, geos);

type Rings = readonly Position[][];

const reaches = ([exterior = []]: Rings, longitude: number): boolean =>
  exterior.some(([x]) => x === longitude);

/** Unites what meets across the antimeridian, unless it is not valid, overlaps, or goes all the way round. */
function polygonsWithoutCut(polygons: readonly Position[][][], geos: Geos): Position[][][] {
  const ending = polygons.filter((rings) => reaches(rings, 180) !== reaches(rings, -180));
  const sides = [180, -180].map((longitude) => ending.some((rings) => reaches(rings, longitude)));
  if (!sides.every(Boolean)) return [...polygons];
  const pieces = ending.filter((rings) => isValid(rings, geos));
  return [
    ...polygons.filter((rings) => !pieces.includes(rings)),
    ...groupsAcross(pieces, geos).flatMap((group) => (group.length > 1 ? united(group, geos) : group)),
  ];
}

const isValid = (coordinates: Position[][], geos: Geos): boolean =>
  geos.scope((scope) => scope.isValid(scope.read({ type: 'Polygon', coordinates })));

function united(group: Position[][][], geos: Geos): Position[][][] {
  const turned = group.map((rings) =>
    reaches(rings, -180)
      ? rings.map((ring) => ring.map(([x = 0, ...rest]): Position => [x + 360, ...rest]))
      : rings,
  );
  const [west = 0, , east = 0] = computeBounds([{ type: 'MultiPolygon', coordinates: turned }]) ?? [];
  if (east - west > 360) return group;
  const union = geos.scope((scope) =>
    scope.geometry(scope.unaryUnion(scope.read({ type: 'MultiPolygon', coordinates: turned }))),
  );
  const { polygons } = collectParts(union);
  // Parts of a collection may overlap, and count each by itself.
  if (areaOf(polygons) < areaOf(turned) * (1 - ROUNDING)) return group;
  return polygons.map((rings) => rings.map((ring) => withoutCutVertices(ring, true)));
}

const areaOf = (polygons: readonly Position[][][]): number =>
  polygons.reduce((sum, rings) => {
    const [exterior = 0, ...holes] = rings.map((ring) => Math.abs(doubledArea(ring)));
    return sum + holes.reduce((rest, hole) => rest - hole, exterior);
  }, 0);
