import type { Geometry, Position } from 'geojson';

/** Calls back with every position of a geometry, in order. Ring ends are visited like all others. */
export function eachPosition(geometry: Geometry | null, visit: (position: Position) => void): void {
  if (geometry === null) return;
  switch (geometry.type) {
    case 'Point':
      if (geometry.coordinates.length > 0) visit(geometry.coordinates);
      return;
    case 'MultiPoint':
    case 'LineString':
      for (const position of geometry.coordinates) visit(position);
      return;
    case 'MultiLineString':
    case 'Polygon':
      for (const line of geometry.coordinates) for (const position of line) visit(position);
      return;
    case 'MultiPolygon':
      for (const rings of geometry.coordinates)
        for (const ring of rings) for (const position of ring) visit(position);
      return;
    case 'GeometryCollection':
      for (const part of geometry.geometries) eachPosition(part, visit);
  }
}

/** A copy of a geometry with every position replaced. */
export function mapPositions<G extends Geometry>(geometry: G, map: (position: Position) => Position): G {
  const deep = (value: unknown, depth: number): unknown =>
    depth === 0 ? map(value as Position) : (value as unknown[]).map((item) => deep(item, depth - 1));
  if (geometry.type === 'GeometryCollection') {
    return {
      type: geometry.type,
      geometries: geometry.geometries.map((part) => mapPositions(part, map)),
    } as G;
  }
  if (geometry.coordinates.length === 0) return geometry;
  return { type: geometry.type, coordinates: deep(geometry.coordinates, depths[geometry.type]) } as G;
}

/** How many arrays are around a position. */
export const depths = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

/** Number of the positions of a geometry, the closing ones of rings included; 0 for null. */
export function countVertices(geometry: Geometry | null): number {
  let count = 0;
  eachPosition(geometry, () => {
    count++;
  });
  return count;
}
