import type { Geometry, Position } from 'geojson';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { MAXIMUM_FAULTS } from './geometry-faults.ts';
import type { Layer } from './layer.ts';

/** Whether a geometry is made of polygons alone: a Polygon, a MultiPolygon, or a collection of them. */
export const isPolygonal = (geometry: Geometry): boolean =>
  geometry.type === 'GeometryCollection'
    ? geometry.geometries.every(isPolygonal)
    : geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';

/** The polygons of a geometry, those of collections too. */
export function listPolygons(geometry: Geometry): Position[][][] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(listPolygons);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return geometry.type === 'Polygon' ? [geometry.coordinates] : [];
}

/**
 * Refuses a layer with other geometries than polygons; features without a geometry are let pass.
 *
 * @param need what the polygons are needed for, as the rest of the sentence that begins with "is a LineString; "
 * @throws InvalidRequest with a pointer to each geometry that has something else (the first 20)
 */
export function requirePolygons({ features, geometryPointer }: Layer, need: string): void {
  const faults: Fault[] = [];
  for (const [index, { geometry }] of features.entries()) {
    if (geometry === null || isPolygonal(geometry)) continue;
    const has =
      geometry.type === 'GeometryCollection' ? 'has geometries other than polygons' : `is a ${geometry.type}`;
    faults.push({ pointer: geometryPointer(index), detail: `${has}; ${need}` });
    if (faults.length === MAXIMUM_FAULTS) break;
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}
