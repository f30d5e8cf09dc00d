import type { Geometry } from 'geojson';
import { collectParts, geometryFromParts, type Parts } from '../geodesy/antimeridian.ts';

/** 0 of points, 1 of lines, 2 of areas. */
export type Dimension = 0 | 1 | 2;

/** The largest dimension of the parts of a geometry; 0 of empty ones. */
export function geometryDimension(geometry: Geometry): Dimension {
  switch (geometry.type) {
    case 'Point':
    case 'MultiPoint':
      return 0;
    case 'LineString':
    case 'MultiLineString':
      return 1;
    case 'Polygon':
    case 'MultiPolygon':
      return 2;
    case 'GeometryCollection':
      return geometry.geometries.reduce<Dimension>(
        (most, part) => Math.max(most, geometryDimension(part)) as Dimension,
        0,
      );
  }
}

const none: Parts = { points: [], lines: [], polygons: [] };

/** The parts of one dimension; undefined where there are none. */
export function ofDimension(geometry: Geometry, dimension: Dimension): Geometry | undefined {
  const { points, lines, polygons } = collectParts(geometry);
  if (dimension === 0 && points.length > 0) return geometryFromParts({ ...none, points }, geometry);
  if (dimension === 1 && lines.length > 0) return geometryFromParts({ ...none, lines }, geometry);
  if (dimension === 2 && polygons.length > 0) return geometryFromParts({ ...none, polygons }, geometry);
  return undefined;
}

/** One geometry of several, their parts sorted by dimension; undefined of none. */
export function collectGeometries(geometries: readonly Geometry[]): Geometry | undefined {
  const [first, ...others] = geometries;
  if (!first || others.length === 0) return first;
  const parts: Parts = { points: [], lines: [], polygons: [] };
  for (const geometry of geometries) collectParts(geometry, parts);
  return geometryFromParts(parts, first);
}
