import type { Geometry, Position } from 'geojson';
import { mapPositions } from '../geometry/positions.ts';
import { readDimension } from '../geos/geometry-types.ts';
import type { Geos, Handle } from '../geos/geos.ts';
import { collectParts, geometryFromParts } from './antimeridian.ts';

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
